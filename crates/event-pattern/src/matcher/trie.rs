//! The paths that a pattern names.

/// The paths that a pattern names, as a tree with a step for each part between dots.
#[derive(Clone, Debug)]
pub(crate) struct Trie {
    nodes: Vec<Node>,
    paths: usize,
    /// Whether AWS's engine looks below names that are empty: it does if a path has an empty part that is not its last.
    knows_empty: bool,
}

#[derive(Clone, Debug, Default)]
struct Node {
    children: Vec<(String, NodeId)>,
    path: Option<usize>,
}

/// The place of a node.
pub(crate) type NodeId = usize;

impl Default for Trie {
    fn default() -> Self {
        Self { nodes: vec![Node::default()], paths: 0, knows_empty: false }
    }
}

impl Trie {
    pub(crate) const ROOT: NodeId = 0;

    /// Adds a path; its number.
    pub(crate) fn add(&mut self, path: &str) -> usize {
        let mut node = Self::ROOT;
        for part in path.split('.') {
            node = match self.child(node, part) {
                Some(child) => child,
                None => {
                    let child = self.nodes.len();
                    self.nodes.push(Node::default());
                    if let Some(parent) = self.nodes.get_mut(node) {
                        parent.children.push((part.to_owned(), child));
                    }
                    child
                }
            };
        }
        let inner = path.trim_end_matches('.');
        self.knows_empty |= path.is_empty() || (!inner.is_empty() && inner.split('.').any(str::is_empty));
        let Some(node) = self.nodes.get_mut(node) else { return self.paths };
        *node.path.get_or_insert_with(|| {
            self.paths += 1;
            self.paths - 1
        })
    }

    /// How many paths there are.
    pub(crate) fn len(&self) -> usize {
        self.paths
    }

    /// The path that ends at a node.
    pub(crate) fn path(&self, node: NodeId) -> Option<usize> {
        self.nodes.get(node)?.path
    }

    /// Whether a path goes on below a node.
    pub(crate) fn is_inner(&self, node: NodeId) -> bool {
        self.nodes.get(node).is_some_and(|node| !node.children.is_empty())
    }

    /// The node of a member of an event.
    pub(crate) fn member(&self, node: NodeId, name: &str) -> Option<NodeId> {
        match self.child(node, name) {
            // No part of a path has a dot, so that this is a name without one.
            Some(_) if name.is_empty() && !self.knows_empty => None,
            Some(child) => Some(child),
            None if name.bytes().any(|byte| byte == b'.') => {
                name.split('.').try_fold(node, |node, part| self.child(node, part))
            }
            None => None,
        }
    }

    fn child(&self, node: NodeId, part: &str) -> Option<NodeId> {
        let children = &self.nodes.get(node)?.children;
        children.iter().find(|(name, _)| name == part).map(|(_, child)| *child)
    }
}

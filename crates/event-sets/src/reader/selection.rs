//! The values that a pattern asks for, as one tree: a step for each member name or index that some selector names.

use crate::path::Step;

/// A place in a [`Selection`].
pub type NodeId = usize;

/// Some selectors, merged.
///
/// A value may be reached by several selectors at once (`$.a` and `$.*`), so a node stands for all of them together:
/// every value of an event has one node or none.
#[derive(Clone, Debug)]
pub struct Selection {
    nodes: Vec<Node>,
    /// By selector: the nodes whose values it selects.
    ends: Vec<Vec<NodeId>>,
}

#[derive(Clone, Debug, Default)]
struct Node {
    is_end: bool,
    /// Sorted by name.
    members: Vec<(String, NodeId)>,
    /// Sorted by index.
    elements: Vec<(u32, NodeId)>,
    /// Every other member or element.
    others: Option<NodeId>,
}

impl Selection {
    /// The node of the whole event.
    pub const ROOT: NodeId = 0;

    /// The values that these selectors select, each given by its steps.
    pub fn new<S: AsRef<[Step]>>(selectors: &[S]) -> Self {
        let mut selection = Self { nodes: vec![], ends: vec![vec![]; selectors.len()] };
        selection.add(&selectors.iter().map(|selector| selector.as_ref()).enumerate().collect::<Vec<_>>());
        selection
    }

    /// Where the values of a selector are, by its place in the list given to [`Selection::new`].
    pub fn ends(&self, selector: usize) -> &[NodeId] {
        self.ends.get(selector).map_or(&[], Vec::as_slice)
    }

    pub(super) fn is_end(&self, node: NodeId) -> bool {
        self.nodes.get(node).is_some_and(|node| node.is_end)
    }

    pub(super) fn member(&self, node: NodeId, name: &str) -> Option<NodeId> {
        let node = self.nodes.get(node)?;
        let named = node.members.binary_search_by(|(member, _)| member.as_str().cmp(name)).ok();
        named.and_then(|at| node.members.get(at)).map(|(_, child)| *child).or(node.others)
    }

    pub(super) fn element(&self, node: NodeId, index: usize) -> Option<NodeId> {
        let node = self.nodes.get(node)?;
        let named = node.elements.iter().find(|(element, _)| usize::try_from(*element) == Ok(index));
        named.map(|(_, child)| *child).or(node.others)
    }

    /// Adds the node of these selectors, each given with the steps that are left of it.
    fn add<'p>(&mut self, selectors: &[(usize, &'p [Step])]) -> NodeId {
        let id = self.nodes.len();
        self.nodes.push(Node::default());
        let mut node = Node::default();
        for (selector, _) in selectors.iter().filter(|(_, steps)| steps.is_empty()) {
            self.ends.get_mut(*selector).into_iter().for_each(|ends| ends.push(id));
            node.is_end = true;
        }
        let mut steps: Vec<_> = selectors.iter().filter_map(|(_, steps)| steps.first()).collect();
        steps.sort_unstable();
        steps.dedup();
        for step in steps {
            let through = |(selector, steps): &(usize, &'p [Step])| match steps.split_first() {
                Some((first, rest)) if first == step || *first == Step::Any => Some((*selector, rest)),
                _ => None,
            };
            let child = self.add(&selectors.iter().filter_map(through).collect::<Vec<_>>());
            match step {
                Step::Key(name) => node.members.push((name.clone(), child)),
                Step::Index(index) => node.elements.push((*index, child)),
                Step::Any => node.others = Some(child),
            }
        }
        if let Some(place) = self.nodes.get_mut(id) {
            *place = node;
        }
        id
    }
}

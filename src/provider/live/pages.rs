//! Lists that come in pages.

use std::collections::BTreeSet;

use aws_smithy_async::future::pagination_stream::PaginationStream;

use super::error::Malformed;

/// More than any list of an account has: the longest may have 10,000 items, in pages of 50 or more.
const LIMIT: usize = 10_000;

/// The pages of a list, each with the token of the next one, to its end. The SDK ends a list without a word where AWS
/// repeats the token that it was sent.
pub(super) async fn pages<P, E>(
    mut stream: PaginationStream<Result<P, E>>,
    token: impl Fn(&P) -> Option<&str>,
) -> Result<Result<Vec<P>, Malformed>, E> {
    let (mut pages, mut tokens, mut open) = (Vec::new(), BTreeSet::new(), false);
    while let Some(page) = stream.next().await {
        let page = page?;
        let next = token(&page).filter(|token| !token.is_empty()).map(str::to_owned);
        open = next.is_some();
        let repeats = next.is_some_and(|next| !tokens.insert(next));
        pages.push(page);
        if repeats || pages.len() > LIMIT {
            return Ok(Err(Malformed::Endless));
        }
    }
    Ok(if open { Err(Malformed::Endless) } else { Ok(pages) })
}

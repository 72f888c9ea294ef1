//! Lists that come in pages.

use std::collections::BTreeSet;

use aws_smithy_async::future::pagination_stream::PaginationStream;

use super::error::{Malformed, SdkError, ServiceError, malformed, refusal, required};
use crate::provider::{Answer, Call};

/// More than any list of an account has: the longest may have 10,000 items, in pages of 50 or more.
const LIMIT: usize = 10_000;

/// The items of a list of which every page has the member of this name.
pub(super) async fn list<P, E: ServiceError, I, T>(
    call: Call,
    pages: PaginationStream<Result<P, SdkError<E>>>,
    token: impl Fn(&P) -> Option<&str>,
    (name, member): (&'static str, impl Fn(P) -> Option<Vec<I>>),
    item: impl Fn(I) -> Result<T, Malformed>,
) -> Answer<Vec<T>> {
    let pages = self::pages(pages, token).await.map_err(|error| refusal(call.clone(), &error))?;
    let all = pages.and_then(|pages| {
        let mut all = Vec::new();
        for page in pages {
            for found in required(member(page), name)? {
                all.push(item(found)?);
            }
        }
        Ok(all)
    });
    all.map_err(|problem| malformed(call, &problem))
}

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

//! Pages of lists: how many, after which, and what comes next.

use async_graphql::Object;

use super::{
    error::Refusal,
    ids,
    schema::directive::{About, At, access},
};
use crate::{access::Pseudonyms, store};

/// Something with a place in a list: its key is stable whatever is added before or after it.
pub(super) trait ListItem {
    /// The name of the list, so that a cursor of another one is refused.
    const LIST: &'static str;

    /// The key by which the list is in order.
    fn key(&self) -> String;

    /// How the items are called towards the viewer, where their keys tell who they are about.
    fn pseudonyms(&self) -> Option<&Pseudonyms> {
        None
    }

    /// The opaque form of the key.
    fn cursor(&self) -> String {
        ids::cursor(Self::LIST, &self.key(), self.pseudonyms())
    }
}

/// A page that was asked for.
#[derive(Clone, Debug)]
pub(super) struct PageRequest {
    /// Most items.
    pub(super) first: usize,
    /// The key after which it begins.
    pub(super) after: Option<String>,
}

impl PageRequest {
    /// Reads the arguments of a list of `T`.
    ///
    /// # Errors
    /// `first` is not between 1 and `most`, or the cursor is not one of this list.
    pub(super) fn new<T: ListItem>(first: i32, after: Option<&str>, most: usize) -> Result<Self, Refusal> {
        Self::named::<T>(first, after, most, None)
    }

    /// The same for a list whose items are called by pseudonyms.
    ///
    /// # Errors
    /// As above.
    pub(super) fn named<T: ListItem>(
        first: i32,
        after: Option<&str>,
        most: usize,
        names: Option<&Pseudonyms>,
    ) -> Result<Self, Refusal> {
        let first = within("first", first, most)?;
        let wrong = || Refusal::wrong("The cursor is not one of this list: give the endCursor of a page of it.");
        let after = after.map(|cursor| ids::after(T::LIST, cursor, names).ok_or_else(wrong));
        Ok(Self { first, after: after.transpose()? })
    }
}

/// A number of items that was asked for.
///
/// # Errors
/// It is not between 1 and `most`.
pub(super) fn within(name: &str, asked: i32, most: usize) -> Result<usize, Refusal> {
    let asked = usize::try_from(asked).ok().filter(|asked| (1..=most).contains(asked));
    asked.ok_or_else(|| Refusal::wrong(format!("'{name}' must be from 1 to {most}.")))
}

/// A page.
pub(super) struct Page<T> {
    /// What is on it.
    pub(super) nodes: Vec<T>,
    /// How many there are on all pages.
    pub(super) total: usize,
    ends: Ends,
}

/// Whether a list goes on beyond the ends of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Ends {
    more_before: bool,
    more_after: bool,
}

impl<T> Page<T> {
    /// The page of a list in the order of its keys; `rest` is what comes after `wanted.after`, at least one item more
    /// than the page holds where there is one.
    pub(super) fn of(wanted: &PageRequest, rest: impl IntoIterator<Item = T>, total: usize) -> Self {
        let mut rest = rest.into_iter();
        let nodes: Vec<T> = rest.by_ref().take(wanted.first).collect();
        Self { nodes, total, ends: Ends { more_before: wanted.after.is_some(), more_after: rest.next().is_some() } }
    }

    /// A page that the store has cut.
    pub(super) fn cut(wanted: &PageRequest, page: store::Page<T>, total: usize) -> Self {
        let ends = Ends { more_before: wanted.after.is_some(), more_after: page.more == store::More::Yes };
        Self { nodes: page.rows, total, ends }
    }
}

impl<T> Page<T> {
    /// The same page of what each item stands for; items that stand for nothing are left out.
    pub(super) fn map<U>(self, make: impl FnMut(T) -> Option<U>) -> Page<U> {
        Page { nodes: self.nodes.into_iter().filter_map(make).collect(), total: self.total, ends: self.ends }
    }
}

impl<T: ListItem> Page<T> {
    /// The page of a whole list that is at hand.
    pub(super) fn of_all(wanted: &PageRequest, all: Vec<T>) -> Self {
        let total = all.len();
        let before = |item: &T| wanted.after.as_ref().is_some_and(|after| item.key() <= *after);
        Self::of(wanted, all.into_iter().skip_while(before), total)
    }

    /// Where the page stands.
    pub(super) fn info(&self) -> PageInfo {
        PageInfo {
            ends: self.ends,
            start_cursor: self.nodes.first().map(ListItem::cursor),
            end_cursor: self.nodes.last().map(ListItem::cursor),
        }
    }
}

/// Where a page stands in its list.
pub(super) struct PageInfo {
    ends: Ends,
    start_cursor: Option<String>,
    end_cursor: Option<String>,
}

/// Where a page stands in its list.
#[Object]
impl PageInfo {
    /// Whether there is more after this page.
    #[graphql(directive = access::apply(About::Caller, At::Rounded))]
    async fn has_next_page(&self) -> bool {
        self.ends.more_after
    }

    /// Whether the page was asked for after something.
    #[graphql(directive = access::apply(About::Caller, At::Rounded))]
    async fn has_previous_page(&self) -> bool {
        self.ends.more_before
    }

    /// The cursor of the first item; null on an empty page.
    #[graphql(directive = access::apply(About::Caller, At::Rounded))]
    async fn start_cursor(&self) -> Option<&str> {
        self.start_cursor.as_deref()
    }

    /// The cursor of the last item: give it as `after` for the next page.
    #[graphql(directive = access::apply(About::Caller, At::Rounded))]
    async fn end_cursor(&self) -> Option<&str> {
        self.end_cursor.as_deref()
    }
}

/// Declares a connection: a page with its edges, its nodes and how many there are in all.
macro_rules! connection {
    ($(#[$doc:meta])* $connection:ident, $(#[$edge_doc:meta])* $edge:ident, $node:ty, $domain:ident, $level:ident) => {
        $(#[$doc])*
        pub(in crate::graphql) struct $connection(pub(in crate::graphql) $crate::graphql::paging::Page<$node>);

        $(#[$doc])*
        #[async_graphql::Object]
        impl $connection {
            /// The items, each with its cursor.
            #[graphql(directive = access::apply(About::$domain, At::$level))]
            async fn edges(&self) -> Vec<$edge<'_>> {
                self.0.nodes.iter().map($edge).collect()
            }

            /// The items.
            #[graphql(directive = access::apply(About::$domain, At::$level))]
            async fn nodes(&self) -> &[$node] {
                &self.0.nodes
            }

            /// Where the page stands in the list.
            #[graphql(directive = access::apply(About::$domain, At::$level))]
            async fn page_info(&self) -> $crate::graphql::paging::PageInfo {
                self.0.info()
            }

            /// How many there are on all pages. Counted only if asked for.
            #[graphql(directive = access::apply(About::$domain, At::$level))]
            async fn total_count(&self) -> usize {
                self.0.total
            }
        }

        $(#[$edge_doc])*
        pub(in crate::graphql) struct $edge<'a>(&'a $node);

        $(#[$edge_doc])*
        #[async_graphql::Object]
        impl<'a> $edge<'a> {
            /// Give it as `after` for what follows this item.
            #[graphql(directive = access::apply(About::$domain, At::$level))]
            async fn cursor(&self) -> String {
                $crate::graphql::paging::ListItem::cursor(self.0)
            }

            /// The item.
            #[graphql(directive = access::apply(About::$domain, At::$level))]
            async fn node(&self) -> &'a $node {
                self.0
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    impl ListItem for u8 {
        const LIST: &'static str = "numbers";

        fn key(&self) -> String {
            format!("{self:03}")
        }
    }

    fn wanted(first: i32, after: Option<&str>) -> Result<PageRequest, Refusal> {
        PageRequest::new::<u8>(first, after, 100)
    }

    #[test]
    fn small_pages_one_after_the_other_are_the_whole_list() {
        let all: Vec<u8> = (0..23).collect();
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = Page::of_all(&wanted(5, after.as_deref()).unwrap(), all.clone());
            assert_eq!(page.total, 23);
            let info = page.info();
            seen.extend(page.nodes);
            after = info.end_cursor;
            if !info.ends.more_after {
                break;
            }
        }
        assert_eq!(seen, all);
    }

    #[test]
    fn a_cursor_of_another_list_and_a_page_of_nothing_are_refused() {
        assert!(wanted(5, Some(&ids::seal("letters", &["a"]))).is_err());
        assert!(wanted(5, Some("*")).is_err());
        assert!(wanted(0, None).is_err() && wanted(101, None).is_err() && wanted(100, None).is_ok());
    }
}

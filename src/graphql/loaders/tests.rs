//! However many ask, each table is read once.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use async_graphql::{Context, EmptyMutation, EmptySubscription, Object, Schema};
use dataloader::BatchFn;

use super::{FieldLoader, loader, one};
use crate::graphql::error::Refusal;

struct Doubles {
    read: Arc<AtomicUsize>,
}

impl BatchFn<usize, Result<usize, Refusal>> for Doubles {
    async fn load(&mut self, keys: &[usize]) -> HashMap<usize, Result<usize, Refusal>> {
        self.read.fetch_add(1, Ordering::SeqCst);
        keys.iter().map(|key| (*key, if *key == 13 { Err(Refusal::Internal) } else { Ok(2 * key) })).collect()
    }
}

type Loading = FieldLoader<usize, usize, Doubles>;

struct Query;

struct Item(usize);

#[Object]
impl Query {
    async fn items(&self, count: usize) -> Vec<Item> {
        (0..count).map(Item).collect()
    }
}

#[Object]
impl Item {
    async fn double(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<usize>> {
        let loader = ctx.data::<Loading>().unwrap();
        Some(one(loader, self.0).await.map_err(Into::into))
    }
}

async fn ask(count: usize) -> (async_graphql::Response, usize) {
    let read = Arc::new(AtomicUsize::new(0));
    let loading: Loading = loader(Doubles { read: Arc::clone(&read) });
    let schema = Schema::build(Query, EmptyMutation, EmptySubscription).data(loading).finish();
    let response = schema.execute(format!("{{ items(count: {count}) {{ double again: double }} }}")).await;
    (response, read.load(Ordering::SeqCst))
}

#[tokio::test]
async fn a_page_of_the_largest_size_is_read_in_one_go() {
    for count in [1, 12, 50, 1_000] {
        let (response, read) = ask(count).await;
        assert_eq!(read, 1, "{count}");
        let items = response.data.into_json().unwrap()["items"].clone();
        assert_eq!(items.as_array().unwrap().len(), count);
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_null_and_its_neighbours_are_not() {
    let (response, _) = ask(20).await;
    assert_eq!(response.errors.len(), 2);
    let items = response.data.into_json().unwrap()["items"].clone();
    assert_eq!((&items[13]["double"], &items[14]["double"]), (&serde_json::Value::Null, &serde_json::json!(28)));
}

//! What the schema relies on from the GraphQL library, so that the pin of its version can move without harm.
//!
//! Fields that may fail or be withheld are `Option<Result<T>>`: of all forms this one alone makes a failed field null
//! and leaves its neighbours alone. Guards are never put on nullable fields.

use std::time::Duration;

use async_graphql::{Context, EmptyMutation, EmptySubscription, Guard, Object, Result, Schema};
use serde_json::{Value, json};

struct Query;

struct Thing;

struct Never;

#[async_trait::async_trait]
impl Guard for Never {
    async fn check(&self, _: &Context<'_>) -> Result<()> {
        Err("withheld".into())
    }
}

#[Object]
impl Query {
    async fn slow(&self) -> i32 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        1
    }

    async fn ping(&self) -> i32 {
        2
    }

    async fn thing(&self) -> Option<Thing> {
        Some(Thing)
    }
}

#[Object]
impl Thing {
    async fn well(&self) -> i32 {
        1
    }

    async fn fails(&self) -> Result<i32> {
        Err("failed".into())
    }

    async fn fails_or_is_none(&self) -> Result<Option<i32>> {
        Err("failed".into())
    }

    async fn may_fail(&self) -> Option<Result<i32>> {
        Some(Err("failed".into()))
    }

    async fn items(&self) -> Vec<Option<Result<i32>>> {
        vec![Some(Ok(1)), Some(Err("failed".into())), None]
    }

    #[graphql(guard = "Never")]
    async fn guarded(&self) -> Option<i32> {
        Some(1)
    }
}

/// Data and the paths of the errors.
async fn ask(document: &str) -> (Value, Vec<Value>) {
    let schema = Schema::new(Query, EmptyMutation, EmptySubscription);
    let response = schema.execute(document).await;
    let paths = response.errors.iter().map(|error| serde_json::to_value(&error.path).unwrap());
    (response.data.into_json().unwrap(), paths.collect())
}

#[tokio::test]
async fn fields_come_in_the_order_of_the_query_whichever_is_ready_first() {
    let schema = Schema::new(Query, EmptyMutation, EmptySubscription);
    let response = schema.execute("{ slow ping }").await;
    assert_eq!(response.data.to_string(), "{slow: 1, ping: 2}");
}

#[tokio::test]
async fn a_field_that_cannot_be_null_takes_its_parent_with_it() {
    let answer = ask("{ thing { well fails } }").await;
    assert_eq!(answer, (json!({"thing": null}), vec![json!(["thing", "fails"])]));
}

#[tokio::test]
async fn an_outer_result_takes_its_parent_with_it_although_the_field_may_be_null() {
    let answer = ask("{ thing { well failsOrIsNone } }").await;
    assert_eq!(answer, (json!({"thing": null}), vec![json!(["thing", "failsOrIsNone"])]));
}

#[tokio::test]
async fn an_inner_result_makes_its_field_null_and_leaves_the_others_alone() {
    let answer = ask("{ thing { well mayFail } }").await;
    assert_eq!(answer, (json!({"thing": {"well": 1, "mayFail": null}}), vec![json!(["thing", "mayFail"])]));
}

#[tokio::test]
async fn a_guard_takes_the_parent_of_a_nullable_field_with_it() {
    let answer = ask("{ thing { well guarded } }").await;
    assert_eq!(answer, (json!({"thing": null}), vec![json!(["thing", "guarded"])]));
}

#[tokio::test]
async fn an_inner_result_in_a_list_makes_its_item_null_and_names_its_place() {
    let answer = ask("{ thing { well items } }").await;
    let path = json!(["thing", "items", 1]);
    assert_eq!(answer, (json!({"thing": {"well": 1, "items": [1, null, null]}}), vec![path]));
}

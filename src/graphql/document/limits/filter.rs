//! How large a filter may be: conditions within conditions, and values to compare with.

use async_graphql::{Value as Constant, Variables};
use async_graphql_value::Value;

use super::TooMuch;

/// Most conditions within one another.
const DEEPEST: usize = 5;
/// Most values in all conditions together.
const LEAVES: usize = 100;

/// Measures the filter that a field is given.
///
/// # Errors
/// It nests too deep or holds too many values.
pub(super) fn check_filter(filter: &Value, variables: &Variables) -> Result<(), TooMuch> {
    let mut size = Size::default();
    size.look(filter, variables, 0);
    TooMuch::check("The filter nests conditions too deep", DEEPEST, size.deepest)?;
    TooMuch::check("The filter holds too many values", LEAVES, size.leaves)
}

#[derive(Default)]
struct Size {
    deepest: usize,
    leaves: usize,
}

impl Size {
    fn look(&mut self, value: &Value, variables: &Variables, depth: usize) {
        match value {
            Value::Object(fields) => {
                self.enter(depth);
                fields.values().for_each(|value| self.look(value, variables, depth + 1));
            }
            Value::List(items) => items.iter().for_each(|value| self.look(value, variables, depth)),
            Value::Variable(name) => {
                if let Some(given) = variables.get(name) {
                    self.constant(given, depth);
                }
            }
            _ => self.leaves += 1,
        }
    }

    fn constant(&mut self, value: &Constant, depth: usize) {
        match value {
            Constant::Object(fields) => {
                self.enter(depth);
                fields.values().for_each(|value| self.constant(value, depth + 1));
            }
            Constant::List(items) => items.iter().for_each(|value| self.constant(value, depth)),
            _ => self.leaves += 1,
        }
    }

    fn enter(&mut self, depth: usize) {
        self.deepest = self.deepest.max(depth + 1);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;

    fn check(filter: Json) -> Result<(), TooMuch> {
        let name = async_graphql::Name::new("f");
        check_filter(&Value::Variable(name), &Variables::from_json(json!({"f": filter})))
    }

    fn nested(levels: usize) -> Json {
        (1..levels).fold(json!({"on": "2024-01-01"}), |inner, _| json!({"and": [inner]}))
    }

    #[test]
    fn five_conditions_within_one_another_pass_and_six_do_not() {
        assert_eq!(check(nested(5)), Ok(()));
        assert_eq!(check(nested(6)), Err(TooMuch::over("The filter nests conditions too deep", 5, 6)));
    }

    #[test]
    fn a_hundred_values_pass_and_more_do_not_wherever_they_are_written() {
        assert_eq!(check(json!({"a": vec!["x"; 60], "b": vec!["x"; 40]})), Ok(()));
        assert_eq!(
            check(json!({"a": vec!["x"; 101]})),
            Err(TooMuch::over("The filter holds too many values", 100, 101))
        );
        let literal = Value::List(vec![Value::from(Constant::from(1)); 101]);
        assert!(check_filter(&literal, &Variables::default()).is_err());
    }
}

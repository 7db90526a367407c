//! Dealing marks out among the cast so that a count comes out exactly, spread evenly like cards round a table.

use super::person::Person;

/// Gives a mark to exactly `count` of those who may have it, evenly spread among them.
///
/// Where fewer may have it than are wanted, all of them get it; the tests of the counts would say so.
pub(super) fn deal(
    people: &mut [Person],
    count: usize,
    among: impl Fn(&Person) -> bool,
    mut give: impl FnMut(&mut Person),
) {
    let mut open: Vec<&mut Person> = people.iter_mut().filter(|person| among(person)).collect();
    let of = open.len();
    for (at, person) in open.iter_mut().enumerate() {
        // The whole number of cards dealt rises by one at evenly spaced seats.
        if at * count / of.max(1) != (at + 1) * count / of.max(1) || count >= of {
            give(person);
        }
    }
}

/// One of the choices for each of `seats`, in shares as the weights say and mixed evenly.
pub(super) fn shares<T: Copy>(seats: usize, weights: &[(T, usize)]) -> Vec<T> {
    let total: usize = weights.iter().map(|(_, weight)| weight).sum();
    let mut given = vec![0usize; weights.len()];
    let mut cards = Vec::with_capacity(seats);
    for seat in 1..=seats {
        // The choice that is furthest behind its share comes next; the earlier one where two are.
        let behind = |(at, (_, weight)): (usize, &(T, usize))| {
            let owed = i64::try_from(weight * seat).unwrap_or(0);
            let got = given.get(at).map_or(0, |got| i64::try_from(got * total).unwrap_or(0));
            (owed - got, std::cmp::Reverse(at))
        };
        let next = weights.iter().enumerate().max_by_key(|(at, choice)| behind((*at, *choice)));
        if let Some((at, (choice, _))) = next {
            cards.push(*choice);
            if let Some(got) = given.get_mut(at) {
                *got += 1;
            }
        }
    }
    cards
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_come_out_and_are_mixed() {
        let cards: String = shares(10, &[('a', 5), ('b', 3), ('c', 2)]).into_iter().collect();
        assert_eq!(cards.matches('a').count(), 5);
        assert_eq!(cards.matches('b').count(), 3);
        assert!(!cards.contains("aaa") && !cards.contains("bb"), "{cards}");
    }
}

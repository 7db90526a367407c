//! Notices: what every answer says beside its data where it holds less than its reader may expect, in plain words.

use std::collections::BTreeSet;

use async_graphql::{Name, Value, indexmap::IndexMap};

use crate::{access::Purposes, figures::Notice};

/// The notices as a list for `extensions`; `purposes` are those that the role may state, `opening` those of them for which
/// it sees who children are.
pub(super) fn told(notices: &BTreeSet<Notice>, purposes: Purposes, opening: Purposes) -> Value {
    let one = |notice: &Notice| {
        let told = [("code", code(notice).to_owned()), ("message", words(notice, purposes, opening))];
        Value::Object(
            told.into_iter().map(|(name, text)| (Name::new(name), Value::from(text))).collect::<IndexMap<_, _>>(),
        )
    };
    notices.iter().map(one).collect()
}

fn code(notice: &Notice) -> &'static str {
    match notice {
        Notice::TotalsNeedAPurpose => "FIGURES_NEED_PURPOSE",
        Notice::IdentityNeedsAPurpose => "IDENTITY_NEEDS_PURPOSE",
        Notice::NoAgreement => "NO_AGREEMENT",
        Notice::NoRows => "GRANT_INCOMPLETE",
        Notice::NoChildren { .. } => "NO_CHILDREN",
    }
}

fn words(notice: &Notice, purposes: Purposes, opening: Purposes) -> String {
    match notice {
        Notice::TotalsNeedAPurpose => {
            format!("Small figures are hidden because no purpose was stated. Say one in X-Purpose: {purposes}.")
        }
        Notice::IdentityNeedsAPurpose => {
            format!("Who the children are is shown for these purposes, stated in X-Purpose: {opening}.")
        }
        Notice::NoAgreement => {
            "Records are not shown: your grant rests on no agreement in force, or runs for more than \
                                12 months. Ask the authority for a new grant."
                .to_owned()
        }
        Notice::NoRows => {
            "Records are not shown: your grant does not say which. Ask the authority to give it with the \
                           record dates, the commissioning area or the organisation that your role needs."
                .to_owned()
        }
        Notice::NoChildren { opens, shared_with } => {
            let ask = shared_with.as_ref().map(|name| {
                format!(" The authority shares a child with `lookedafter share add`, for the organisation \"{name}\".")
            });
            format!("No child is on your list. Your grant opens: {opens}.{}", ask.unwrap_or_default())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Purpose;

    #[test]
    fn each_notice_has_a_code_of_its_own_and_says_what_to_do() {
        let purposes = Purposes::of(|_| true);
        let opening = Purposes::of(|purpose| purpose == Purpose::Safeguarding);
        let notices = BTreeSet::from([
            Notice::TotalsNeedAPurpose,
            Notice::IdentityNeedsAPurpose,
            Notice::NoAgreement,
            Notice::NoRows,
            Notice::NoChildren { opens: "children shared today", shared_with: Some("Agency".into()) },
        ]);
        let Value::List(list) = told(&notices, purposes, opening) else { panic!("a list") };
        let text = |notice: &Value, name: &str| match notice {
            Value::Object(fields) => fields[name].to_string(),
            _ => panic!("an object"),
        };
        assert_eq!(list.iter().map(|notice| text(notice, "code")).collect::<BTreeSet<_>>().len(), 5);
        let words: Vec<String> = list.iter().map(|notice| text(notice, "message")).collect();
        assert!(
            words[0].contains("performance-monitoring, direct-care") && words[1].contains("X-Purpose: safeguarding.")
        );
        assert!(words[4].contains("children shared today") && words[4].contains("Agency"), "{}", words[4]);
    }
}

//! What the file of issuers may say, and how a wrong line is told.

use super::*;

const ENTRA_2: &str = r#"[[issuer]]
issuer = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0"
shape = "entra"
version = "2.0"
tenant = "11111111-2222-3333-4444-555555555555"
audience = "66666666-7777-8888-9999-000000000000"
algorithm = "RS256"
jwks = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/discovery/v2.0/keys"
application_roles = ["service_manager"]
"#;

const ENTRA_1: &str = r#"[[issuer]]
issuer = "https://sts.windows.net/11111111-2222-3333-4444-555555555555/"
shape = "entra"
version = "1.0"
tenant = "11111111-2222-3333-4444-555555555555"
audience = "api://lookedafter"
algorithm = "RS256"
jwks = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/discovery/keys"
"#;

const OIDC: &str = r#"[[issuer]]
issuer = "https://id.example"
shape = "oidc"
algorithm = "ES256"
keys = "keys.json"
subject = "uid"
application = { claim = "gty", value = "client-credentials" }
application_roles = ["analyst", "panel_member"]
nbf = "required"
"#;

fn read(text: &str) -> Result<Vec<(IssuerSettings, KeySource)>, ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("issuers.toml");
    std::fs::write(&path, text).unwrap();
    issuers(&Config::load(&[("issuers", path.display().to_string())]).unwrap())
}

#[test]
fn each_shape_has_its_own_claims() {
    let found = read(&format!("{ENTRA_2}{ENTRA_1}{OIDC}")).unwrap();
    let [(two, _), (one, _), (oidc, keys)] = &found[..] else { panic!("{found:?}") };
    assert_eq!(
        (two.subject.as_str(), two.application_subject.as_str(), two.scope.as_deref()),
        ("oid", "azp", Some("scp"))
    );
    assert_eq!(two.entra.as_ref().unwrap().version, "2.0");
    assert_eq!(two.application, Some(Mark { claim: "idtyp".to_owned(), value: "app".to_owned() }));
    assert_eq!((two.application_roles.as_slice(), two.not_before), (&[Role::ServiceManager][..], NotBefore::Required));
    assert_eq!((one.application_subject.as_str(), one.audience.as_str()), ("appid", "api://lookedafter"));
    assert_eq!(
        (oidc.subject.as_str(), oidc.scope.as_deref(), oidc.audience.as_str()),
        ("uid", Some("scope"), "lookedafter")
    );
    assert!(matches!(keys, KeySource::File(path) if path.is_absolute() && path.ends_with("keys.json")));
    assert_eq!((oidc.not_before, oidc.algorithm), (NotBefore::Required, Algorithm::ES256));
}

#[test]
fn without_a_file_there_are_no_issuers_but_the_one_for_development() {
    let none = Config::load(&[("issuers", String::new())]).unwrap();
    assert!(issuers(&none).unwrap().is_empty() && none.accepts_development_tokens());
    let some = Config::load(&[("issuers", "somewhere.toml".to_owned())]).unwrap();
    assert!(!some.accepts_development_tokens());
    let both = [("issuers", "somewhere.toml".to_owned()), ("allow_development_tokens", "true".to_owned())];
    assert!(Config::load(&both).unwrap().accepts_development_tokens());
}

#[test]
fn a_wrong_line_is_told_with_setting_file_line_and_reason() {
    let wrong = [
        ("algorithm = \"ES256\"", "algorithm = \"HS256\"", 4, "HS256"),
        ("algorithm = \"ES256\"", "algorithm = \"none\"", 4, "none"),
        ("algorithm = \"ES256\"", "algorithm = \"RS384\"", 4, "RS384"),
        ("algorithm = \"ES256\"\n", "", 1, "algorithm"),
        ("shape = \"oidc\"", "shape = \"saml\"", 3, "saml"),
        ("shape = \"oidc\"", "shape = \"entra\"", 1, "version and tenant"),
        ("shape = \"oidc\"", "shape = \"oidc\"\ntenant = \"t\"", 1, "entra"),
        ("\"https://id.example\"", "\"\"", 2, "without spaces"),
        ("keys = \"keys.json\"", "", 1, "one of keys and jwks"),
        ("keys = \"keys.json\"", "keys = \"a\"\njwks = \"https://id.example/keys\"", 1, "one of keys and jwks"),
        ("keys = \"keys.json\"", "jwks = \"http://id.example/keys\"", 5, "https"),
        ("keys = \"keys.json\"", "jwks = \"http://127.0.0.1@id.example/keys\"", 5, "password"),
        ("keys = \"keys.json\"", "jwks = \"http://127.0.0.1.id.example/keys\"", 5, "https"),
        ("keys = \"keys.json\"", "jwks = \"file:///etc/keys\"", 5, "address"),
        ("keys = \"keys.json\"", "jwks = \"/keys\"", 5, "address"),
        ("nbf = \"required\"", "nbf = \"ignored\"", 9, "ignored"),
        ("nbf = \"required\"", "notbefore = \"required\"", 9, "notbefore"),
        ("\"panel_member\"", "\"astronaut\"", 8, "astronaut"),
        ("\"panel_member\"", "\"public\"", 8, "public"),
        ("application = { claim = \"gty\", value = \"client-credentials\" }\n", "", 1, "application_roles"),
        ("value = \"client-credentials\"", "value = \"\"", 1, "claim and a value"),
    ];
    for (good, bad, line, word) in wrong {
        let error = read(&OIDC.replacen(good, bad, 1)).unwrap_err();
        assert_eq!(error.setting, "LOOKEDAFTER_ISSUERS");
        assert!(error.reason.contains(&format!("issuers.toml, line {line}: ")), "{bad}: {error}");
        assert!(error.reason.contains(word), "{bad}: {error}");
    }
}

#[test]
fn loopback_addresses_may_do_without_tls() {
    for address in ["http://127.0.0.1:8443/jwks", "http://[::1]:1/jwks", "http://localhost/jwks"] {
        let file = OIDC.replacen("keys = \"keys.json\"", &format!("jwks = \"{address}\""), 1);
        assert_eq!(read(&file).unwrap()[0].1, KeySource::Address(address.to_owned()));
    }
}

#[test]
fn issuer_and_audience_have_the_form_of_the_version() {
    for (text, good, bad, word) in [
        (ENTRA_2, "version = \"2.0\"", "version = \"1.0\"", "/TENANT/"),
        (ENTRA_1, "version = \"1.0\"", "version = \"2.0\"", "/TENANT/v2.0"),
        (ENTRA_2, "version = \"2.0\"", "version = \"3.0\"", "3.0"),
        (ENTRA_2, "audience = \"6", "audience = \"api://6", "client identifier"),
        (ENTRA_2, "tenant = \"1", "tenant = \"2", "/TENANT/v2.0"),
        (ENTRA_2, "tenant = \"11111111-2222-3333-4444-555555555555\"", "tenant = \"common\"", "one tenant"),
        (ENTRA_2, "tenant =", "application = { claim = \"a\", value = \"b\" }\ntenant =", "idtyp"),
    ] {
        let error = read(&text.replacen(good, bad, 1)).unwrap_err();
        assert!(error.reason.contains(word), "{bad}: {error}");
    }
}

#[test]
fn a_file_without_issuers_with_one_twice_or_that_is_missing_is_refused() {
    assert!(read("").unwrap_err().reason.contains("line 1"));
    assert!(read("issuer = []").unwrap_err().reason.contains("names no issuer"));
    assert!(read(&format!("{OIDC}\n{OIDC}")).unwrap_err().reason.contains("line 11: this issuer is there twice"));
    let missing = Config::load(&[("issuers", "/nowhere/issuers.toml".to_owned())]).unwrap();
    assert!(issuers(&missing).unwrap_err().to_string().contains("/nowhere/issuers.toml"));
    let reserved = read(&OIDC.replacen("https://id.example", "lookedafter-development", 1));
    assert!(reserved.unwrap_err().reason.contains("line 1: this is the name of the development issuer"));
}

#[test]
fn the_examples_of_the_documentation_are_understood() {
    let page = include_str!("../../../docs/running.md");
    let examples: Vec<&str> = page.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(examples.len(), 3);
    assert_eq!(read(&examples.concat()).unwrap().len(), 3);
}

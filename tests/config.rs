//! The settings: what is refused and how, and that the README shows what the server knows.

use baton::config::{Config, LogFormat, SETTINGS, table};

fn mistakes(settings: &str) -> String {
    match Config::parse(settings) {
        Ok(_) => panic!("{settings:?} was taken"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn the_defaults_are_a_working_server() {
    let config = Config::parse("").unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(config.database_url, "sqlite://./data/baton.db");
    assert_eq!(config.log_format, LogFormat::Text);
    assert!(!config.has_secure_cookies());
    assert_eq!(config.limits(), baton::handoff::Limits::default());
}

#[test]
fn the_database_stands_in_the_data_folder_unless_it_is_named() {
    assert_eq!(Config::parse("data_dir = '/srv/baton'").unwrap().database_url, "sqlite:///srv/baton/baton.db");
    let config = Config::parse("data_dir = '/srv/baton'\ndatabase_url = 'postgres://db/baton'").unwrap();
    assert_eq!(config.database_url, "postgres://db/baton");
}

#[test]
fn cookies_are_secure_where_the_public_address_is() {
    let config = Config::parse("public_url = 'https://support.example.com/'").unwrap();
    assert!(config.has_secure_cookies());
    assert_eq!(config.public_url, "https://support.example.com");
    assert!(!Config::parse("public_url = 'https://example.com'\nsecure_cookies = false").unwrap().has_secure_cookies());
    assert!(Config::parse("secure_cookies = true").unwrap().has_secure_cookies());
}

#[test]
fn an_unknown_setting_is_named() {
    let said = mistakes("lisen = '127.0.0.1:1'");
    assert!(said.contains("lisen") && said.contains("is not a setting"), "{said}");
}

#[test]
fn a_wrong_value_is_named_and_not_repeated() {
    let said = mistakes("workers = 'a-secret'");
    assert!(said.contains("workers") && !said.contains("a-secret"), "{said}");
    let said = mistakes("listen = 'nowhere'");
    assert!(said.contains("listen"), "{said}");
    let said = mistakes("log_format = 'xml'");
    assert!(said.contains("log_format") && said.contains("text or json"), "{said}");
}

#[test]
fn numbers_have_bounds() {
    let said = mistakes("workers = 0\nburst_ms = 60000");
    assert!(said.contains("BATON_WORKERS") && said.contains("1 to 64"), "{said}");
    assert!(said.contains("BATON_BURST_MS"), "{said}");
    assert!(mistakes("public_url = 'support.example.com'").contains("BATON_PUBLIC_URL"));
}

#[test]
fn every_setting_says_what_it_does() {
    for setting in SETTINGS {
        assert!(setting.meaning.trim().ends_with('.') && setting.meaning.trim().len() > 15, "{}", setting.name);
    }
}

#[test]
fn the_readme_shows_every_setting() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    assert!(readme.contains(&table()), "README.md differs from what `baton config` prints:\n{}", table());
}

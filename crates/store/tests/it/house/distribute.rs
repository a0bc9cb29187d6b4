//! Distribution, as far as a PostgreSQL without Citus shows it.

use parlance_store::house::{self, Distributed};

use super::fixture::{House, ask, moved};

#[tokio::test]
async fn a_server_without_citus_is_told_so_and_stays_as_it_is() {
    let database = moved(&House::with(3).await).await;
    let Distributed::NoCitus(statements) = house::distribute(&database.url).await.unwrap() else {
        panic!("the throw-away PostgreSQL has no Citus")
    };
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migration'";
    assert_eq!(statements.len().to_string(), ask(&database, tables));
    for table in
        ask(&database, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migration'")
            .lines()
    {
        let named = statements.iter().filter(|text| text.contains(&format!("'\"{table}\"'"))).count();
        assert_eq!(named, 1, "{table}");
    }
    assert_eq!(ask(&database, "SELECT count(*) FROM pg_extension WHERE extname = 'citus'"), "0");
}

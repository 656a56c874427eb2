//! Conditions of a list, put together as SQL with numbered parameters: only fixed words become SQL, what was asked
//! for is always bound.

use sqlx::any::AnyRow;
use sqlx::{AnyPool, AssertSqlSafe};

use crate::Result;
use crate::row::clean;

/// A bound value.
enum Value {
    Text(String),
    Number(i64),
}

/// Conditions that must all hold.
pub(crate) struct Filter {
    conditions: Vec<String>,
    values: Vec<Value>,
}

/// A whole query.
pub(crate) struct Query {
    sql: String,
    values: Vec<Value>,
}

impl Filter {
    /// None yet.
    pub(crate) fn new() -> Self {
        Self { conditions: Vec::new(), values: Vec::new() }
    }

    /// A condition without a value.
    pub(crate) fn fixed(&mut self, condition: &str) -> &mut Self {
        self.conditions.push(condition.to_owned());
        self
    }

    /// A condition that ends in a text.
    pub(crate) fn text(&mut self, condition: &str, value: &str) -> &mut Self {
        self.bind(condition, Value::Text(clean(value).into_owned()))
    }

    /// A condition that ends in a number.
    pub(crate) fn number_of(&mut self, condition: &str, value: i64) -> &mut Self {
        self.bind(condition, Value::Number(value))
    }

    /// Closes the bracket that the last condition opened.
    pub(crate) fn close(&mut self) {
        if let Some(last) = self.conditions.last_mut() {
            last.push(')');
        }
    }

    /// The query that begins and ends with these words.
    pub(crate) fn query(self, begin: &str, end: &str) -> Query {
        let mut sql = begin.to_owned();
        for (at, condition) in self.conditions.iter().enumerate() {
            sql.push_str(if at == 0 { " WHERE " } else { " AND " });
            sql.push_str(condition);
        }
        sql.push(' ');
        sql.push_str(end);
        Query { sql, values: self.values }
    }

    fn bind(&mut self, condition: &str, value: Value) -> &mut Self {
        self.values.push(value);
        self.conditions.push(format!("{condition}${}", self.values.len()));
        self
    }
}

impl Query {
    /// Passes over `offset` rows and takes `limit`.
    pub(crate) fn page(mut self, limit: i64, offset: i64) -> Self {
        self.values.push(Value::Number(limit.max(0)));
        self.values.push(Value::Number(offset.max(0)));
        let last = self.values.len();
        self.sql.push_str(&format!(" LIMIT ${} OFFSET ${last}", last - 1));
        self
    }

    /// Its rows.
    pub(crate) async fn rows(self, pool: &AnyPool) -> Result<Vec<AnyRow>> {
        let mut query = sqlx::query(AssertSqlSafe(self.sql));
        for value in self.values {
            query = match value {
                Value::Text(text) => query.bind(text),
                Value::Number(number) => query.bind(number),
            };
        }
        Ok(query.fetch_all(pool).await?)
    }

    /// The one number that it gives.
    pub(crate) async fn number(self, pool: &AnyPool) -> Result<i64> {
        let rows = self.rows(pool).await?;
        let Some(row) = rows.first() else { return Ok(0) };
        Ok(sqlx::Row::try_get(row, 0)?)
    }
}

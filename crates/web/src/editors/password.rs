//! Passwords of editors: made by chance, kept as argon2id hashes.

use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use tokio::sync::Semaphore;

/// Letters and figures that aren't mistaken for each other; 32 of them, so that five bits choose one.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// How many groups of five letters a password has: a hundred bits.
const GROUPS: usize = 4;
/// What a password for a name that nobody has is compared with, so that the answer takes as long.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5aXNoZXJlISE$Tq3MQVFGlGbHuYJJWFJ9cAnVfM4ERzHMMd6yZvTXTRQ";
/// Each check takes 19 MiB: more at once would be a way to exhaust the machine.
static ROOM: Semaphore = Semaphore::const_new(2);

/// A new password: four groups of five letters, a hundred bits of chance.
#[must_use]
pub fn fresh_password() -> String {
    let mut bytes = [0; GROUPS * 5];
    getrandom::fill(&mut bytes).expect("an operating system without chance can serve nobody");
    let groups = bytes.chunks(5).map(|group| {
        group.iter().map(|&byte| char::from(LETTERS[usize::from(byte & 31)])).collect::<String>()
    });
    groups.collect::<Vec<_>>().join("-")
}

/// The hash of a password in PHC form (argon2id), as [`store::Store::put_editor`] keeps it.
#[must_use]
pub fn hash_password(password: &str) -> String {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).expect("an operating system without chance can serve nobody");
    let salt = SaltString::encode_b64(&salt).expect("16 bytes are a salt");
    let hash = Argon2::default().hash_password(password.as_bytes(), &salt);
    hash.expect("the default parameters are valid, and no password of a form is too long").to_string()
}

/// Whether the password fits the hash; with no hash it never does, and takes as long.
pub(super) async fn fits(password: String, hash: Option<String>) -> bool {
    let Ok(_room) = ROOM.acquire().await else { return false };
    let known = hash.is_some();
    let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
    let check = move || {
        PasswordHash::new(&hash)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    };
    tokio::task::spawn_blocking(check).await.unwrap_or(false) && known
}

/// The hash of a password, made where it holds up nobody.
pub(super) async fn hashed(password: String) -> Option<String> {
    let _room = ROOM.acquire().await.ok()?;
    tokio::task::spawn_blocking(move || hash_password(&password)).await.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fresh_passwords_differ_and_can_be_read_aloud() {
        let (first, second) = (fresh_password(), fresh_password());
        assert_ne!(first, second);
        assert_eq!(first.len(), 23);
        assert!(first.bytes().all(|byte| byte == b'-' || LETTERS.contains(&byte)));
    }

    #[tokio::test]
    async fn only_the_right_password_fits() {
        let hash = hash_password("correct horse");
        assert!(hash.starts_with("$argon2id$"));
        assert_ne!(hash, hash_password("correct horse"));
        assert!(fits("correct horse".into(), Some(hash.clone())).await);
        assert!(!fits("correct hors".into(), Some(hash)).await);
        assert!(!fits("correct horse".into(), Some("nonsense".into())).await);
        assert!(!fits(String::new(), None).await);
        assert!(PasswordHash::new(NOBODY).is_ok(), "or the answer for an unknown name comes at once");
    }
}

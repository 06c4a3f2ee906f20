//! Korean particles after names that are not known beforehand: `광명시이(가)` is `광명시가`, `서울특별시과(와)` is `서울특별시와`.

/// Particles as texts write them, after a syllable with a final consonant and after one without.
const PARTICLES: [(&str, &str, &str); 5] =
    [("이(가)", "이", "가"), ("을(를)", "을", "를"), ("은(는)", "은", "는"), ("과(와)", "과", "와"), ("(으)로", "으로", "로")];

/// The text with every particle as it is spoken after the word before it.
pub(crate) fn fitted(text: &str) -> String {
    PARTICLES.iter().fold(text.to_owned(), |text, (written, closed, open)| {
        let mut parts = text.split(written);
        let mut fitted = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            // What somebody wrote stands between quotation marks, and as they wrote it.
            let quoted = fitted.matches('“').count() > fitted.matches('”').count();
            fitted.push_str(match last_sound(&fitted).filter(|_| !quoted) {
                Some(Sound::Open) => open,
                Some(Sound::Rieul) if *written == "(으)로" => open,
                Some(Sound::Closed | Sound::Rieul) => closed,
                None => written,
            });
            fitted.push_str(part);
        }
        fitted
    })
}

enum Sound {
    Open,
    Rieul,
    Closed,
}

/// How the last word is spoken at its end; nothing where that cannot be known, as after a word in Latin letters. What stands in parentheses behind
/// a word is not spoken.
fn last_sound(text: &str) -> Option<Sound> {
    let text = text.trim_end_matches(['”', '’', '"', '\'', '」']);
    if let Some((before, _)) = text.strip_suffix(')').and_then(|inside| inside.rsplit_once('(')) {
        return last_sound(before);
    }
    let last = text.chars().next_back()?;
    match last {
        '가'..='힣' => Some(match (u32::from(last) - u32::from('가')) % 28 {
            0 => Sound::Open,
            8 => Sound::Rieul,
            _ => Sound::Closed,
        }),
        '0' | '3' | '6' => Some(Sound::Closed),
        '1' | '7' | '8' => Some(Sound::Rieul),
        '2' | '4' | '5' | '9' | '%' => Some(Sound::Open),
        'A'..='Z' if is_spelt(text) => Some(match last {
            'L' | 'R' => Sound::Rieul,
            'M' | 'N' => Sound::Closed,
            _ => Sound::Open,
        }),
        // A day: `2000. 2. 9.` is spoken 9일.
        '.' if text.trim_end_matches('.').ends_with(|c: char| c.is_ascii_digit()) => Some(Sound::Rieul),
        _ => None,
    }
}

/// Whether the last word is an abbreviation, which is spoken letter by letter: `MOU`.
fn is_spelt(text: &str) -> bool {
    text.chars().rev().take_while(char::is_ascii_alphabetic).all(|c| c.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::fitted;

    #[test]
    fn a_particle_fits_the_word_before_it() {
        for (written, spoken) in [
            ("광명시이(가) 제안 3을(를) 서울특별시과(와) 나눔", "광명시가 제안 3을 서울특별시와 나눔"),
            ("“주민지원금”을(를) 50 %(으)로", "“주민지원금”을 50 %로"),
            ("제안 1(으)로, 강원도은(는), 경찰청은(는)", "제안 1로, 강원도는, 경찰청은"),
            ("Seoul이(가) 을(를)", "Seoul이(가) 을(를)"),
            ("부천시(bucheon-clerk)이(가) 양해각서(MOU)을(를)", "부천시(bucheon-clerk)가 양해각서(MOU)를"),
            ("PDF(으)로, URL(으)로, EGTC은(는), ‘서명키’은(는)", "PDF로, URL로, EGTC는, ‘서명키’는"),
            ("2000. 2. 9.은(는) 지난 날", "2000. 2. 9.은 지난 날"),
            ("광명시이(가) “구로구이(가) 적은 말” 제출", "광명시가 “구로구이(가) 적은 말” 제출"),
            ("", ""),
        ] {
            assert_eq!(fitted(written), spoken);
        }
    }
}

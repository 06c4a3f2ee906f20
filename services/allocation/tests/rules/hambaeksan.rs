//! Back-test on the Hambaeksan joint crematorium, June 2015: five cities, 1,212 억원 (100 million won), grants of 210, "90 % by population and 10 %
//! equally", the host alone for the natural-burial ground and the funeral hall.
//!
//! The agreement publishes the total, the grants and five shares, not the cost of the components; they are derived: a joint part of 855 after grants
//! reproduces three of the five shares. Populations at the end of 2013 are approximations, in thousands.

use proto::allocation::{Grant, GrantAmount, Model, Part, Rule};

use crate::table::{component, id, plant, with_driver, won};

/// 100 million won.
const EOK: i64 = 100_000_000;

const POPULATION: [(&str, &str); 5] =
    [("ansan", "714"), ("bucheon", "864"), ("gwangmyeong", "352"), ("hwaseong", "525"), ("siheung", "394")];

/// What the newspapers printed on 8 June 2015.
const PUBLISHED: [(&str, i64); 5] = [("ansan", 210), ("bucheon", 250), ("gwangmyeong", 101), ("hwaseong", 314), ("siheung", 124)];

fn agreement() -> Model {
    let cities = POPULATION.map(|(city, _)| city);
    let mix = [("90", Some("population")), ("10", None)];
    let mix = mix.map(|(percent, driver)| Part { percent: id(percent), driver: driver.map(id) });
    let mut joint = component(1065 * EOK, &cities, Rule::Mix(mix.to_vec()));
    joint.grants = vec![Grant { from: "state and province".into(), amount: GrantAmount::Fixed(won(210 * EOK)) }];
    let mut model = with_driver(plant(joint), "population", &POPULATION);
    model.components.insert(id("host-facilities"), component(147 * EOK, &["hwaseong"], Rule::Equal));
    model
}

#[test]
fn shares_beside_the_published_ones() {
    let result = allocation::solve(&agreement(), allocation::AT_ONCE).unwrap();
    let tenths = |units: i128| (units + i128::from(EOK) / 20).div_euclid(i128::from(EOK) / 10);
    let rows = PUBLISHED.map(|(city, published)| {
        let computed = tenths(result.total[&id(city)].units().unwrap());
        (city, published, computed, computed - i128::from(published) * 10)
    });
    // City, published in 억원, computed in tenths of it, difference in tenths. Three agree within one 억원; the two that do not stand as they are:
    // Gwangmyeong may have stayed out of a component, and Hwaseong's own facilities are not published.
    assert_eq!(
        rows,
        [
            ("ansan", 210, 2099, -1),
            ("bucheon", 250, 2505, 5),
            ("gwangmyeong", 101, 1122, 112),
            ("hwaseong", 314, 3059, -81),
            ("siheung", 124, 1235, -5),
        ]
    );
}

#[test]
fn every_won_is_paid_once() {
    let result = allocation::solve(&agreement(), allocation::AT_ONCE).unwrap();
    let paid: i128 = result.total.values().map(|share| share.units().unwrap()).sum();
    assert_eq!(paid, i128::from(1212 - 210) * i128::from(EOK));
    let published: i64 = PUBLISHED.iter().map(|(_, share)| share).sum();
    assert_eq!(published, 999, "the published shares and grants leave three of the 1,212 unexplained");
}

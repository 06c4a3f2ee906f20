# Units of quantities and time zones.

## Units: well-known ones, of any number and of one

unit-persons = persons
unit-persons-one = person
unit-households = households
unit-households-one = household
unit-census_households = households
unit-census_households-one = household
unit-years = years
unit-years-one = year
unit-months = months
unit-months-one = month
unit-days = days
unit-days-one = day
unit-storeys = storeys
unit-storeys-one = storey
unit-cases = cases
unit-cases-one = case
unit-places = places
unit-places-one = place
unit-plots = plots
unit-plots-one = plot
unit-vehicles = vehicles
unit-vehicles-one = vehicle
unit-tons = t
unit-tons_a_day = t/day
unit-tons_a_year = t/year
unit-cubic_metres = m³
unit-cubic_metres_a_day = m³/day
unit-square_metres = m²
unit-million_cubic_metres_a_year = million m³ a year
unit-points = points
unit-points-one = point

## Time zones

zone-Asia-Seoul = Korean time

package dev.offload.sample.invoice;

/**
 * Who is invoiced.
 *
 * @param id the number of the customer
 * @param name the name
 * @param street the street and house number
 * @param city the postal code and city
 * @param country the country
 */
public record Customer(long id, String name, String street, String city, String country) {
}

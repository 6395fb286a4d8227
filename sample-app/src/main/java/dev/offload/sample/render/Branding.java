package dev.offload.sample.render;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who sends the invoices, and how they look.
 *
 * @param company the name of the sender
 * @param strapline what is said under the name
 * @param street the street of the sender
 * @param city the postal code, city and country of the sender
 * @param mail the address for questions
 * @param account the account to be paid to
 * @param accent the colour of logo and rules, as {@code #rrggbb}
 */
@ConfigurationProperties("sample.branding")
public record Branding(String company, String strapline, String street, String city, String mail, String account,
		String accent) {

	public Branding {
		if (!accent.matches("#[0-9a-fA-F]{6}")) {
			throw new IllegalArgumentException(
					"sample.branding.accent must be a colour such as #0b6e6e, but is '" + accent + "'");
		}
	}

}

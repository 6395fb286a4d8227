package dev.offload.spring.security;

import java.util.Collection;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;

/**
 * Who asked for a task, where it runs: authenticated by the service, with the name as the
 * principal, with the authorities, and without credentials or details.
 */
public final class CarriedAuthentication extends AbstractAuthenticationToken {

	private static final long serialVersionUID = 1L;

	private final String name;

	/**
	 * Creates one.
	 * @param name the name
	 * @param authorities the authorities
	 */
	public CarriedAuthentication(String name, Collection<? extends GrantedAuthority> authorities) {
		super(authorities);
		this.name = name;
		super.setAuthenticated(true);
	}

	@Override
	public @Nullable Object getCredentials() {
		return null;
	}

	@Override
	public Object getPrincipal() {
		return this.name;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof CarriedAuthentication carried && super.equals(other) && carried.name.equals(this.name);
	}

	@Override
	public int hashCode() {
		return 31 * super.hashCode() + this.name.hashCode();
	}

}

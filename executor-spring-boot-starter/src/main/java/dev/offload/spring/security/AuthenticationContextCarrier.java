package dev.offload.spring.security;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

import dev.offload.spi.ContextCarrier;
import dev.offload.spi.TaskDescription;

/**
 * Takes along who asks for a task: the name and the authorities of the
 * {@link Authentication} of {@link SecurityContextHolder}, and nothing else of it. The
 * task sees a {@link CarriedAuthentication}, or a {@link RememberMeAuthenticationToken}
 * of one who was remembered. For one who is anonymous or not authenticated it sees
 * nobody, whatever was on its thread before. Safe for use by many threads.
 */
public final class AuthenticationContextCarrier implements ContextCarrier {

	/**
	 * Its name.
	 */
	public static final String NAME = "authentication";

	private static final String USER = "name";

	private static final String AUTHORITIES = "authorities";

	private static final String REMEMBERED = "remembered";

	private static final String SEPARATOR = ",";

	/**
	 * Travels as well: with nothing, the task would run as whoever is on its thread, left
	 * there by a task or inherited from the thread that made it.
	 */
	private static final Map<String, String> NOBODY = Map.of("nobody", "true");

	private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Carried capture(TaskDescription task) {
		Map<String, String> captured = captured();
		return () -> captured;
	}

	@Override
	public Origin origin() {
		Map<String, String> captured = captured();
		return () -> restore(captured);
	}

	private Map<String, String> captured() {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		if (authentication == null || !authentication.isAuthenticated() || this.trust.isAnonymous(authentication)) {
			return NOBODY;
		}
		// An authority may have any text, so that none may look like two.
		String authorities = authentication.getAuthorities()
			.stream()
			.map(GrantedAuthority::getAuthority)
			.filter(Objects::nonNull)
			.map((authority) -> URLEncoder.encode(authority, StandardCharsets.UTF_8))
			.collect(Collectors.joining(SEPARATOR));
		return Map.of(USER, authentication.getName(), AUTHORITIES, authorities, REMEMBERED,
				String.valueOf(this.trust.isRememberMe(authentication)));
	}

	@Override
	public Scope restore(Map<String, String> entries) {
		SecurityContext former = SecurityContextHolder.getContext();
		SecurityContext context = SecurityContextHolder.createEmptyContext();
		if (!entries.equals(NOBODY)) {
			context.setAuthentication(authentication(entries));
		}
		SecurityContextHolder.setContext(context);
		return () -> putBack(former);
	}

	private static Authentication authentication(Map<String, String> entries) {
		String name = Objects.requireNonNull(entries.get(USER), USER);
		List<GrantedAuthority> authorities = authorities(entries.get(AUTHORITIES));
		return Boolean.parseBoolean(entries.get(REMEMBERED))
				? new RememberMeAuthenticationToken(NAME, name, authorities)
				: new CarriedAuthentication(name, authorities);
	}

	private static List<GrantedAuthority> authorities(@Nullable String text) {
		if (text == null || text.isEmpty()) {
			return List.of();
		}
		return Arrays.stream(text.split(SEPARATOR))
			.<GrantedAuthority>map(
					(authority) -> new SimpleGrantedAuthority(URLDecoder.decode(authority, StandardCharsets.UTF_8)))
			.toList();
	}

	private static void putBack(SecurityContext former) {
		if (former.getAuthentication() == null) {
			SecurityContextHolder.clearContext();
		}
		else {
			SecurityContextHolder.setContext(former);
		}
	}

}

package dev.offload.spring.security;

import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;

import dev.offload.spring.OffloadTo;
import dev.offload.spring.autoconfigure.OffloadAspectAutoConfiguration;
import dev.offload.spring.autoconfigure.OffloadAutoConfiguration;
import dev.offload.spring.autoconfigure.OffloadPropagationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the locale and the authentication of callers' threads, in an executor with
 * one thread.
 */
class ContextTravelTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OffloadAutoConfiguration.class, OffloadAspectAutoConfiguration.class,
				OffloadPropagationAutoConfiguration.class, OffloadSecurityAutoConfiguration.class))
		.withPropertyValues("offload.executors.one.type=thread", "offload.executors.one.max-workers=1")
		.withBean(Service.class);

	@AfterEach
	void clear() {
		LocaleContextHolder.resetLocaleContext();
		SecurityContextHolder.clearContext();
	}

	@Test
	void travelWhenSwitchedOnAndLeaveNothingBehind() {
		LocaleContextHolder.setLocale(Locale.forLanguageTag("nn-NO"));
		LocaleContextHolder.setTimeZone(TimeZone.getTimeZone("Asia/Tokyo"));
		authenticate(UsernamePasswordAuthenticationToken.authenticated("ada", "secret",
				AuthorityUtils.createAuthorityList("ROLE_USER", "a,b", "c%2Cd", "ä ö")));
		this.runner.withPropertyValues("offload.propagation.locale=true", "offload.propagation.authentication=true")
			.run((context) -> {
				Service service = context.getBean(Service.class);
				assertThat(service.locale()).isEqualTo("nn_NO Asia/Tokyo");
				assertThat(service.authentication())
					.isEqualTo("CarriedAuthentication true ada null [ROLE_USER|a,b|c%2Cd|ä ö]");
				clear();
				assertThat(service.locale()).isEqualTo("none");
				assertThat(service.authentication()).isEqualTo("none");
			});
	}

	@Test
	void authenticationIsNoMoreThanItWas() {
		this.runner.withPropertyValues("offload.propagation.authentication=true").run((context) -> {
			Service service = context.getBean(Service.class);
			authenticate(
					new RememberMeAuthenticationToken("key", "ada", AuthorityUtils.createAuthorityList("ROLE_USER")));
			assertThat(service.authentication()).startsWith("RememberMeAuthenticationToken true ada")
				.endsWith("[ROLE_USER]");
			authenticate(new AnonymousAuthenticationToken("key", "nobody",
					AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS")));
			assertThat(service.authentication()).isEqualTo("none");
			authenticate(UsernamePasswordAuthenticationToken.unauthenticated("ada", "secret"));
			assertThat(service.authentication()).isEqualTo("none");
		});
	}

	@Test
	void nobodyIsNobodyWhoeverWasLeftOnTheThread() {
		this.runner.withPropertyValues("offload.propagation.authentication=true").run((context) -> {
			Service service = context.getBean(Service.class);
			service.leave("ada");
			assertThat(service.authentication()).isEqualTo("none");
		});
	}

	@Test
	void nobodyIsNobodyWhoeverMadeTheThread() {
		SecurityContextHolder.setStrategyName(SecurityContextHolder.MODE_INHERITABLETHREADLOCAL);
		authenticate(UsernamePasswordAuthenticationToken.authenticated("ada", "secret", List.of()));
		try {
			this.runner.withPropertyValues("offload.propagation.authentication=true").run((context) -> {
				Service service = context.getBean(Service.class);
				assertThat(service.authentication()).startsWith("CarriedAuthentication true ada");
				SecurityContextHolder.clearContext();
				assertThat(service.authentication()).isEqualTo("none");
			});
		}
		finally {
			SecurityContextHolder.setStrategyName(SecurityContextHolder.MODE_THREADLOCAL);
		}
	}

	@Test
	void stayWhenNotSwitchedOn() {
		LocaleContextHolder.setLocale(Locale.JAPAN);
		authenticate(UsernamePasswordAuthenticationToken.authenticated("ada", "secret",
				AuthorityUtils.createAuthorityList("ROLE_USER")));
		this.runner.run((context) -> {
			assertThat(context.getBean(Service.class).locale()).isEqualTo("none");
			assertThat(context.getBean(Service.class).authentication()).isEqualTo("none");
		});
	}

	@Test
	void authenticationWithoutSpringSecurityIsLeftOut() {
		this.runner.withPropertyValues("offload.propagation.authentication=true")
			.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("offloadAuthenticationContextCarrier"));
	}

	private static void authenticate(Authentication authentication) {
		SecurityContextHolder.getContext().setAuthentication(authentication);
	}

	public static class Service {

		@OffloadTo("one")
		public String locale() {
			return (LocaleContextHolder.getLocaleContext() != null)
					? LocaleContextHolder.getLocale() + " " + LocaleContextHolder.getTimeZone().getID() : "none";
		}

		@OffloadTo("one")
		public void leave(String name) {
			authenticate(UsernamePasswordAuthenticationToken.authenticated(name, "secret", List.of()));
		}

		@OffloadTo("one")
		public String authentication() {
			@Nullable Authentication found = SecurityContextHolder.getContext().getAuthentication();
			return (found != null) ? found.getClass().getSimpleName() + " " + found.isAuthenticated() + " "
					+ found.getName() + " " + found.getCredentials()
					+ found.getAuthorities()
						.stream()
						.map(GrantedAuthority::getAuthority)
						.collect(Collectors.joining("|", " [", "]"))
					: "none";
		}

	}

}

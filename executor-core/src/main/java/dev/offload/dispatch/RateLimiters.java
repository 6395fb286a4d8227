package dev.offload.dispatch;

import java.util.Collection;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorSpec;
import dev.offload.InvalidSettingException;
import dev.offload.spi.RateLimiter;
import dev.offload.spi.RateLimiterFactory;

/**
 * Finds what limits the rate of an executor.
 */
public final class RateLimiters {

	private RateLimiters() {
	}

	/**
	 * Makes sure that the settings of an executor ask for nothing that is not there.
	 * @param spec the settings
	 * @throws InvalidSettingException if nothing limits rates, and a rate is set
	 */
	public static void require(ExecutorSpec spec) {
		if (spec.rateLimit() > 0) {
			factory(spec);
		}
	}

	// null without a rate.
	static @Nullable RateLimiter of(ExecutorSpec spec) {
		return (spec.rateLimit() > 0) ? factory(spec).create(spec.name(), spec.rateLimit(), spec.rateLimitPeriod())
				: null;
	}

	private static RateLimiterFactory factory(ExecutorSpec spec) {
		TreeSet<String> missing = new TreeSet<>();
		for (ClassLoader loader : loaders()) {
			for (RateLimiterFactory found : load(spec, loader)) {
				String reason = found.unavailable();
				if (reason == null) {
					return found;
				}
				missing.add(reason);
			}
		}
		throw new InvalidSettingException(spec.name(), "rate-limit",
				"is " + spec.rateLimit() + ", and nothing limits rates: "
						+ (missing.isEmpty()
								? "there is no " + RateLimiterFactory.class.getName() + " on the class path"
								: String.join("; ", missing)));
	}

	private static Collection<RateLimiterFactory> load(ExecutorSpec spec, ClassLoader loader) {
		try {
			return ServiceLoader.load(RateLimiterFactory.class, loader)
				.stream()
				.map(ServiceLoader.Provider::get)
				.toList();
		}
		catch (ServiceConfigurationError ex) {
			InvalidSettingException invalid = new InvalidSettingException(spec.name(), "rate-limit",
					"is " + spec.rateLimit() + ", and what limits rates cannot be made: " + ex.getMessage());
			invalid.initCause(ex);
			throw invalid;
		}
	}

	// A thread of the service need not see the application, nor the application's loader
	// us.
	private static Collection<ClassLoader> loaders() {
		@Nullable ClassLoader context = Thread.currentThread().getContextClassLoader();
		return Stream.of(context, RateLimiters.class.getClassLoader())
			.filter((loader) -> loader != null)
			.distinct()
			.toList();
	}

}

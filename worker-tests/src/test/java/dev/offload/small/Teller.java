package dev.offload.small;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.stereotype.Component;

/**
 * Tells what its context knows.
 */
@Component
public class Teller {

	private final ConfigurableApplicationContext context;

	Teller(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * A property.
	 * @param name its name
	 * @return its value, {@code null} if there is none
	 */
	@Nullable String property(String name) {
		return environment().getProperty(name);
	}

	/**
	 * A variable as the operating system gives it.
	 * @param name its name
	 * @return its value, {@code null} if there is none
	 */
	@Nullable String variable(String name) {
		return System.getenv(name);
	}

	/**
	 * The process.
	 * @return its number
	 */
	long pid() {
		return ProcessHandle.current().pid();
	}

	/**
	 * The active profiles.
	 * @return their names, the strongest last
	 */
	List<String> profiles() {
		return new ArrayList<>(List.of(environment().getActiveProfiles()));
	}

	/**
	 * The property sources.
	 * @return their names, the strongest first
	 */
	List<String> sources() {
		return new ArrayList<>(environment().getPropertySources().stream().map((source) -> source.getName()).toList());
	}

	/**
	 * Writes a line to the log.
	 * @param line the line
	 */
	void log(String line) {
		LoggerFactory.getLogger(Teller.class).warn(line);
	}

	/**
	 * Logs an exception and something below it, with a context, and prints a line.
	 * @param message the message of the exception's event
	 * @return the process id
	 */
	long complain(String message) {
		MDC.put("request", "4711");
		try {
			LoggerFactory.getLogger(Teller.class)
				.warn("{} and a {}", message, "argument",
						new IllegalStateException("outer", new IllegalArgumentException("inner")));
			LoggerFactory.getLogger(Teller.class).debug("A detail of {}", message);
			System.out.println("Printed beside " + message);
			return ProcessHandle.current().pid();
		}
		finally {
			MDC.remove("request");
		}
	}

	/**
	 * Whether a bean was created.
	 * @param name its name
	 * @return {@code true} if it exists
	 */
	boolean exists(String name) {
		return this.context.getBeanFactory().containsSingleton(name);
	}

	private ConfigurableEnvironment environment() {
		return this.context.getEnvironment();
	}

}

package dev.offload.small;

import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;

/**
 * Beans that are not as others are.
 */
public final class Oddities {

	private Oddities() {
	}

	/**
	 * Is new for each call.
	 */
	@Component("counter")
	@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
	public static class Counter {

		private final AtomicInteger calls = new AtomicInteger();

		int count() {
			return this.calls.incrementAndGet();
		}

	}

	/**
	 * Is warmed up.
	 */
	@Component("warm")
	public static class Warm {

	}

	/**
	 * Is what nobody asks for.
	 */
	@Component("cold")
	public static class Cold {

	}

	/**
	 * Is in the service only.
	 */
	@Component("serviceOnly")
	@Profile("!offload-worker")
	public static class ServiceOnly {

		String name() {
			return "service";
		}

	}

	/**
	 * Is something else in a worker.
	 */
	@Component("twoFaced")
	@Profile("!offload-worker")
	public static class ServiceFace {

		String name() {
			return "service";
		}

	}

	/**
	 * What the other is in a worker.
	 */
	@Component("twoFaced")
	@Profile("offload-worker")
	public static class WorkerFace {

	}

	/**
	 * Cannot be created in a worker.
	 */
	@Component("unlicensed")
	public static class Unlicensed {

		Unlicensed() {
			if (System.getProperty("offload.worker.socket") != null) {
				throw new IllegalStateException("The licence is for one process");
			}
		}

		String name() {
			return "licensed";
		}

	}

	/**
	 * Does not start.
	 */
	@Configuration(proxyBeanMethods = false)
	@Profile("does-not-start")
	public static class DoesNotStart {

		@Bean
		static BeanFactoryPostProcessor failing() {
			return (beans) -> {
				throw new IllegalStateException("The disk is full");
			};
		}

	}

}

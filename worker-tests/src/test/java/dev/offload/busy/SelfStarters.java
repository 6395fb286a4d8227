package dev.offload.busy;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.step.StepMeterRegistry;
import io.micrometer.core.instrument.step.StepRegistryConfig;
import io.micrometer.core.instrument.util.NamedThreadFactory;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jmx.export.annotation.ManagedAttribute;
import org.springframework.jmx.export.annotation.ManagedResource;
import org.springframework.stereotype.Component;

/**
 * Beans that do something without being asked.
 */
@Configuration(proxyBeanMethods = false)
public class SelfStarters {

	@Bean
	CommandLineRunner commandLineRunner() {
		return (arguments) -> Witness.saw("command-line-runner");
	}

	@Bean
	ApplicationRunner applicationRunner() {
		return (arguments) -> Witness.saw("application-runner");
	}

	@Bean
	@SuppressWarnings("ReferenceEquality")
	ConnectionFactory jmsConnectionFactory() {
		return new NoBroker();
	}

	// Made by the application itself, so that no property keeps it away.
	@Bean
	OwnRegistry ownRegistry() {
		return new OwnRegistry();
	}

	@EventListener
	void refreshed(ContextRefreshedEvent event) {
		Witness.saw("refreshed-method");
	}

	/**
	 * There is no broker: that somebody wanted to connect is what is to be seen.
	 */
	private static final class NoBroker implements ConnectionFactory {

		@Override
		public Connection createConnection() throws JMSException {
			Witness.saw("jms-connect");
			throw new JMSException("There is no broker");
		}

		@Override
		public Connection createConnection(String user, String password) throws JMSException {
			return createConnection();
		}

		@Override
		public JMSContext createContext() {
			Witness.saw("jms-connect");
			throw new JMSRuntimeException("There is no broker");
		}

		@Override
		public JMSContext createContext(String user, String password) {
			return createContext();
		}

		@Override
		public JMSContext createContext(String user, String password, int mode) {
			return createContext();
		}

		@Override
		public JMSContext createContext(int mode) {
			return createContext();
		}

	}

	/**
	 * Exports metrics to nowhere.
	 */
	static class OwnRegistry extends StepMeterRegistry {

		OwnRegistry() {
			super(new OwnConfig(), Clock.SYSTEM);
			start(new NamedThreadFactory("own-metrics-publisher"));
		}

		@Override
		protected void publish() {
			Witness.saw("published");
		}

		@Override
		protected TimeUnit getBaseTimeUnit() {
			return TimeUnit.SECONDS;
		}

	}

	/**
	 * The defaults.
	 */
	private static final class OwnConfig implements StepRegistryConfig {

		@Override
		public String prefix() {
			return "own";
		}

		@Override
		public @Nullable String get(String key) {
			return null;
		}

	}

	/**
	 * Refuses to be lazy.
	 */
	@Component
	@Lazy(false)
	static class EagerBean {

		EagerBean() {
			Witness.saw("eager-bean");
		}

	}

	/**
	 * Starts with the context.
	 */
	@Component
	static class Poller implements SmartLifecycle {

		private volatile boolean running;

		@Override
		public void start() {
			this.running = true;
			Witness.saw("lifecycle");
		}

		@Override
		public void stop() {
			this.running = false;
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

	}

	/**
	 * Listens to the start of the application.
	 */
	@Component
	static class RefreshedListener implements ApplicationListener<ContextRefreshedEvent> {

		@Override
		public void onApplicationEvent(ContextRefreshedEvent event) {
			Witness.saw("refreshed-listener");
		}

	}

	/**
	 * Listens to the end of the start of the application.
	 */
	@Component
	static class ReadyListener implements ApplicationListener<ApplicationReadyEvent> {

		@Override
		public void onApplicationEvent(ApplicationReadyEvent event) {
			Witness.saw("ready-listener");
		}

	}

	/**
	 * Shown by JMX.
	 */
	@Component
	@ManagedResource("busy:type=Managed")
	public static class Managed {

		@ManagedAttribute
		public int getAnswer() {
			return 42;
		}

	}

}

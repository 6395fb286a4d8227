package dev.offload.spring.worker;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;

/**
 * Records in the service what its application is started with, as a bean of its context.
 */
final class RecordingRunListener implements SpringApplicationRunListener, Ordered {

	/**
	 * The name of the {@link RecordedApplication} among the beans.
	 */
	static final String BEAN = "dev.offload.recordedApplication";

	private final SpringApplication application;

	private final String[] arguments;

	RecordingRunListener(SpringApplication application, String[] arguments) {
		this.application = application;
		this.arguments = arguments;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void contextPrepared(ConfigurableApplicationContext context) {
		if (!OffloadWorker.isActive()) {
			context.getBeanFactory()
				.registerSingleton(BEAN,
						RecordedApplication.of(this.application, this.arguments, context.getBeanFactory()));
		}
	}

}

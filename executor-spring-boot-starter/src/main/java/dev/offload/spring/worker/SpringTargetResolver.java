package dev.offload.spring.worker;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;

import dev.offload.InvocationTarget;
import dev.offload.OffloadException;
import dev.offload.spi.BoundMethod;
import dev.offload.spi.ContextCarrier;
import dev.offload.spi.MethodAddress;
import dev.offload.spi.PlainTargetResolver;
import dev.offload.spi.TargetResolver;
import dev.offload.spi.WorkerEnvironment;
import dev.offload.spi.WorkerInitializer;

/**
 * Finds in a worker the beans of the application, in a context that starts nothing by
 * itself. Static methods and plain classes are found as in workers without beans.
 */
public final class SpringTargetResolver implements TargetResolver, AutoCloseable {

	/**
	 * The setting that says why there is nothing to start.
	 */
	static final String PROBLEM = "problem";

	private final PlainTargetResolver plain = new PlainTargetResolver();

	// Set once by start, which happens before all else.
	private @Nullable ConfigurableApplicationContext context;

	private @Nullable TargetBeans beans;

	private @Nullable WorkerEnvironment environment;

	/**
	 * Starts the application's context, and creates the beans that are to be warmed up.
	 */
	@Override
	public void start(WorkerEnvironment environment) throws Exception {
		if (Exclusion.DEVTOOLS.applies()) {
			// Read before there is an environment.
			System.setProperty("spring.devtools.restart.enabled", "false");
		}
		// What was generated ahead of time is the service with its web part.
		System.clearProperty("spring.aot.enabled");
		String problem = environment.settings().get(PROBLEM);
		if (problem != null) {
			throw new OffloadException(environment.executor(), problem);
		}
		this.environment = environment;
		WorkerSettings settings = WorkerSettings.fromMap(environment.settings());
		this.context = startContext(settings, environment);
		this.beans = new TargetBeans(this.context, environment);
		this.beans.warmUp(settings.own().warmUp());
	}

	private static ConfigurableApplicationContext startContext(WorkerSettings settings, WorkerEnvironment environment) {
		try {
			return WorkerApplication.of(settings).start();
		}
		catch (ClassNotFoundException | RuntimeException ex) {
			throw new OffloadException(environment.executor(), NestedExceptionUtils.getMostSpecificCause(ex)
					+ ": the application's context did not start in " + environment + ", with profiles "
					+ settings.own().profiles()
					+ "; the worker's output says more. Where the service starts and its worker does not, exclude "
					+ "what is to blame by @Profile(\"!" + OffloadWorker.PROFILE
					+ "\"), or set worker.context to sources or none", ex);
		}
	}

	@Override
	public ClassLoader classLoader() {
		ClassLoader loader = context().getClassLoader();
		return (loader != null) ? loader : TargetResolver.super.classLoader();
	}

	/**
	 * The beans that are initializers, in their order, and then the one of the settings
	 * unless it is among them.
	 */
	@Override
	public List<WorkerInitializer> initializers(@Nullable Class<? extends WorkerInitializer> configured) {
		return new InitializerBeans(context().getBeanFactory()).of(configured,
				Objects.requireNonNull(this.environment, "not started"));
	}

	@Override
	public BoundMethod resolve(MethodAddress address) throws Exception {
		if (address.kind() != InvocationTarget.Kind.BEAN) {
			return this.plain.resolve(address);
		}
		return Objects.requireNonNull(this.beans, "not started").resolve(address, classLoader());
	}

	/**
	 * The beans of that type, in their order.
	 */
	@Override
	public List<ContextCarrier> contextCarriers() {
		return context().getBeanProvider(ContextCarrier.class).orderedStream().toList();
	}

	/**
	 * Closes the context, so that beans can leave in order.
	 */
	@Override
	public void close() {
		if (this.context != null) {
			this.context.close();
		}
	}

	private ConfigurableApplicationContext context() {
		return Objects.requireNonNull(this.context, "not started");
	}

}

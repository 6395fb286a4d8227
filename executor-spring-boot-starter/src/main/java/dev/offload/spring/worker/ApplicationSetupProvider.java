package dev.offload.spring.worker;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

import dev.offload.ExecutorSpec;
import dev.offload.UnsentProperties;
import dev.offload.WorkerContext;
import dev.offload.WorkerSpec;
import dev.offload.spi.WorkerSetup;
import dev.offload.spi.WorkerSetupProvider;

/**
 * Gives to workers what they need in order to be the same application as their service.
 * Safe for use by many threads.
 */
public final class ApplicationSetupProvider implements WorkerSetupProvider {

	private static final Logger logger = LoggerFactory.getLogger(ApplicationSetupProvider.class);

	private final ServiceEnvironment environment;

	private final UnsentSettings unsent;

	// What was already warned of, so that not each worker warns again; any thread.
	private final Set<String> warned = ConcurrentHashMap.newKeySet();

	// Both are asked for once: while the application ends, tasks that were accepted may
	// still need a worker, and its beans are gone by then.
	private final @Nullable RecordedApplication recorded;

	private final List<String> basePackages;

	ApplicationSetupProvider(ConfigurableApplicationContext context) {
		ConfigurableListableBeanFactory beans = context.getBeanFactory();
		this.environment = new ServiceEnvironment(context.getEnvironment());
		this.unsent = new UnsentSettings(context.getEnvironment(), beans);
		this.recorded = (RecordedApplication) beans.getSingleton(RecordingRunListener.BEAN);
		this.basePackages = AutoConfigurationPackages.has(beans) ? AutoConfigurationPackages.get(beans) : List.of();
	}

	/**
	 * The setup of the next worker, with the properties that the service has now.
	 */
	@Override
	public WorkerSetup setupFor(ExecutorSpec spec) {
		WorkerSpec worker = spec.worker();
		List<String> packages = applicationPackages(worker);
		if (worker.context() == WorkerContext.NONE) {
			return WorkerSetup.plain(packages);
		}
		return new WorkerSetup(SpringTargetResolver.class.getName(), settings(spec), packages);
	}

	/**
	 * What the workers of an executor would lack of the service's settings. Warns of it
	 * once, unless the executor says that it must not be.
	 * @param spec the settings of the executor
	 * @return what is wrong, {@code null} if nothing is, or a warning is enough
	 */
	public @Nullable String checkProperties(ExecutorSpec spec) {
		WorkerSpec worker = spec.worker();
		if (!spec.type().equals(ExecutorSpec.PROCESS) || worker.context() == WorkerContext.NONE) {
			return null;
		}
		Map<String, String> found = this.unsent.find(worker.properties().keySet());
		if (worker.unsentProperties() == UnsentProperties.FAIL) {
			return found.isEmpty() ? null : UnsentSettings.describe(found);
		}
		found.forEach((what, sentence) -> {
			if (this.warned.add(what)) {
				logger.warn("{}. {}", sentence, UnsentSettings.ADVICE);
			}
		});
		return null;
	}

	// A problem is left to the start of a worker: an application that never uses the
	// executor starts.
	private Map<String, String> settings(ExecutorSpec spec) {
		WorkerSpec worker = spec.worker();
		RecordedApplication application = this.recorded;
		if (application == null) {
			return Map.of(SpringTargetResolver.PROBLEM,
					"Executor '" + spec.name() + "' has worker.context " + worker.context()
							+ ", but the application was not started by SpringApplication, so its workers cannot start "
							+ "it likewise; set worker.context to none");
		}
		String unsentProperties = checkProperties(spec);
		if (unsentProperties != null) {
			return Map.of(SpringTargetResolver.PROBLEM,
					"Executor '" + spec.name() + "' has worker.unsent-properties fail. " + unsentProperties);
		}
		if (worker.context() == WorkerContext.SOURCES) {
			application = application.withSources(worker.sources());
		}
		OwnSettings own = new OwnSettings(this.environment.profiles(worker.profiles()), worker.properties(),
				worker.warmUp(), spec.threadsPerWorker());
		return new WorkerSettings(application, own, this.environment.sources(worker.directory() == null)).toMap();
	}

	private List<String> applicationPackages(WorkerSpec worker) {
		Set<String> packages = new LinkedHashSet<>(this.basePackages);
		List<String> classes = new ArrayList<>(worker.sources());
		if (this.recorded != null) {
			classes.addAll(this.recorded.classes());
		}
		classes.forEach((name) -> packages.add(ClassUtils.getPackageName(name)));
		// The package without a name would admit every class there is.
		packages.remove("");
		return List.copyOf(packages);
	}

}

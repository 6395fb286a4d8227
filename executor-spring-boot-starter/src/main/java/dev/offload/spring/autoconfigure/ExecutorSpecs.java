package dev.offload.spring.autoconfigure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

import dev.offload.ExecutorSpec;
import dev.offload.InvalidSettingException;
import dev.offload.spring.validation.ExecutorCatalog;

/**
 * The executors of the configuration: as they are written, and as they are made.
 */
final class ExecutorSpecs implements ExecutorCatalog {

	private final Map<String, ExecutorSpec> written;

	private final Map<String, ExecutorSpec> made;

	/** Makes what is written to what this JVM has. */
	private final UnaryOperator<ExecutorSpec> making;

	private final boolean declared;

	private ExecutorSpecs(Map<String, ExecutorSpec> written, UnaryOperator<ExecutorSpec> making, boolean declared) {
		this.declared = declared;
		this.written = Collections.unmodifiableMap(written);
		this.making = making;
		Map<String, ExecutorSpec> specs = new LinkedHashMap<>();
		written.forEach((name, spec) -> specs.put(name, making.apply(spec)));
		this.made = Collections.unmodifiableMap(specs);
	}

	/**
	 * Reads the executors of a service.
	 * @param environment the configuration
	 * @return the executors
	 * @throws InvalidOffloadSettingsException if values are wrong; it names them all
	 */
	static ExecutorSpecs ofService(Environment environment) {
		OffloadProperties properties = bind(environment,
				new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()));
		return new ExecutorSpecs(read(properties, environment),
				properties.bypass() ? ExecutorSpecs::bypass : UnaryOperator.identity(),
				properties.executors() != null && !properties.executors().isEmpty());
	}

	/**
	 * Reads the executors of a worker: whatever their type, their tasks run on the
	 * caller's thread, for the worker is where they belong.
	 * @param environment the configuration
	 * @return the executors
	 */
	static ExecutorSpecs ofWorker(Environment environment) {
		Map<String, ExecutorSpec> written = read(bind(environment, BindHandler.DEFAULT), environment);
		return new ExecutorSpecs(written,
				(spec) -> ExecutorSpec.builder(spec.name())
					.type(ExecutorSpec.INLINE)
					.maxPending(Integer.MAX_VALUE)
					.codecRoundTrip(false)
					.build(),
				true);
	}

	private static OffloadProperties bind(Environment environment, BindHandler handler) {
		try {
			return Binder.get(environment).bindOrCreate("offload", Bindable.of(OffloadProperties.class), handler);
		}
		catch (BindException ex) {
			if (ex.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
				throw new InvalidOffloadSettingsException(UnknownKeys.describe(unbound.getUnboundProperties()));
			}
			throw ex;
		}
	}

	/**
	 * The same executors with other settings.
	 * @param customizers change them, in their order
	 * @return the executors
	 * @throws InvalidOffloadSettingsException if a customizer is wrong; it names all that
	 * are
	 */
	ExecutorSpecs customizedBy(List<ExecutorSpecCustomizer> customizers) {
		Map<String, ExecutorSpec> customized = new LinkedHashMap<>();
		List<String> problems = new ArrayList<>();
		this.written.forEach((name, spec) -> {
			ExecutorSpec changed = spec;
			for (ExecutorSpecCustomizer customizer : customizers) {
				try {
					changed = customize(changed, customizer);
				}
				catch (RuntimeException ex) {
					problems.add(SettingPaths.EXECUTORS + name + ": the bean " + customizer.getClass().getName()
							+ " customizes it wrongly: " + ex.getMessage());
				}
			}
			customized.put(name, changed);
		});
		if (!problems.isEmpty()) {
			throw new InvalidOffloadSettingsException(problems);
		}
		return new ExecutorSpecs(customized, this.making, this.declared);
	}

	private static ExecutorSpec customize(ExecutorSpec spec, ExecutorSpecCustomizer customizer) {
		ExecutorSpec.Builder builder = spec.toBuilder();
		customizer.customize(spec.name(), builder);
		ExecutorSpec changed = builder.build();
		if (!changed.type().equals(spec.type())) {
			throw new InvalidSettingException(spec.name(), "type",
					"must stay " + spec.type() + ", but is " + changed.type() + "; set it in the configuration");
		}
		return changed;
	}

	private static Map<String, ExecutorSpec> read(OffloadProperties properties, Environment environment) {
		SpecMapper mapper = new SpecMapper(properties.defaultsOrNone());
		SettingPaths paths = new SettingPaths(environment);
		Map<String, ExecutorSpec> specs = new LinkedHashMap<>();
		List<String> problems = new ArrayList<>();
		properties.executorsOrDefault().forEach((name, own) -> {
			try {
				specs.put(name, mapper.toSpec(name, own));
			}
			catch (InvalidSettingException ex) {
				problems.add(describe(paths, name, ex));
				Arrays.stream(ex.getSuppressed())
					.filter(InvalidSettingException.class::isInstance)
					.map(InvalidSettingException.class::cast)
					.forEach((more) -> problems.add(describe(paths, name, more)));
			}
			catch (IllegalArgumentException ex) {
				problems.add(SettingPaths.EXECUTORS + name + ": " + ex.getMessage());
			}
		});
		if (!problems.isEmpty()) {
			throw new InvalidOffloadSettingsException(problems);
		}
		return specs;
	}

	private static String describe(SettingPaths paths, String executor, InvalidSettingException problem) {
		return paths.describe(executor, problem.setting()) + " " + problem.problem();
	}

	// What was sent to a process is still encoded, so that what cannot be sent fails.
	private static ExecutorSpec bypass(ExecutorSpec spec) {
		return ExecutorSpec.builder(spec.name())
			.type(ExecutorSpec.INLINE)
			.maxWorkers(spec.maxWorkers())
			.maxPending(spec.maxPending())
			.maxPendingBytes(spec.maxPendingBytes())
			.overload(spec.overload())
			.overloadWait(spec.overloadWait())
			.queueTimeout(spec.queueTimeout())
			.timeout(spec.timeout())
			.closeTimeout(spec.closeTimeout())
			.maxPayloadBytes(spec.maxPayloadBytes())
			.allowedTypes(spec.allowedTypes())
			.codecRoundTrip(spec.codecRoundTrip() && sends(spec))
			.build();
	}

	@Override
	public Set<String> names() {
		return this.written.keySet();
	}

	/**
	 * Whether an executor sends, as it is written: what is bypassed in a test is sent
	 * elsewhere.
	 */
	@Override
	public boolean sends(String executor) {
		ExecutorSpec spec = this.written.get(executor);
		return spec != null && sends(spec);
	}

	private static boolean sends(ExecutorSpec spec) {
		return spec.type().equals(ExecutorSpec.PROCESS)
				|| (spec.type().equals(ExecutorSpec.INLINE) && spec.codecRoundTrip());
	}

	/**
	 * The executors as they are made.
	 * @return the specifications by name
	 */
	Map<String, ExecutorSpec> made() {
		return this.made;
	}

	/**
	 * The executors that send tasks to workers, and that somebody asked for: not the one
	 * that there is where none is declared.
	 * @return their names
	 */
	List<String> declaredWithWorkers() {
		return this.made.values()
			.stream()
			.filter((spec) -> this.declared && spec.type().equals(ExecutorSpec.PROCESS))
			.map(ExecutorSpec::name)
			.toList();
	}

}

package dev.offload.spring.autoconfigure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
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
import dev.offload.codec.JdkPayloadCodec;
import dev.offload.codec.PayloadCodecs;
import dev.offload.spring.validation.ExecutorCatalog;

/**
 * The executors of the configuration: as they are written, and as they are made.
 */
final class ExecutorSpecs implements ExecutorCatalog {

	/** The executor whose task executor would have the name of the one of Spring Boot. */
	private static final String BOOT_TASK_EXECUTOR = "application";

	private final Map<String, ExecutorSpec> written;

	private final Map<String, ExecutorSpec> made;

	/** Makes what is written to what this JVM has. */
	private final UnaryOperator<ExecutorSpec> making;

	private final boolean bypassed;

	private final boolean declared;

	private final List<String> taskExecutors;

	private ExecutorSpecs(Map<String, ExecutorSpec> written, UnaryOperator<ExecutorSpec> making, boolean bypassed,
			boolean declared, List<String> taskExecutors) {
		this.taskExecutors = List.copyOf(taskExecutors);
		this.bypassed = bypassed;
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
		return new ExecutorSpecs(read(properties, environment, true),
				properties.bypass() ? ExecutorSpecs::bypass : UnaryOperator.identity(), properties.bypass(),
				properties.executors() != null && !properties.executors().isEmpty(), taskExecutors(properties));
	}

	/**
	 * Reads the executors of a worker: whatever their type, their tasks run on the
	 * caller's thread, for the worker is where they belong.
	 * @param environment the configuration
	 * @return the executors
	 */
	static ExecutorSpecs ofWorker(Environment environment) {
		OffloadProperties properties = bind(environment, BindHandler.DEFAULT);
		Map<String, ExecutorSpec> written = read(properties, environment, false);
		return new ExecutorSpecs(written,
				(spec) -> ExecutorSpec.builder(spec.name())
					.type(ExecutorSpec.INLINE)
					.maxPending(Integer.MAX_VALUE)
					.codecRoundTrip(false)
					.build(),
				false, true, taskExecutors(properties));
	}

	private static List<String> taskExecutors(OffloadProperties properties) {
		Set<String> known = properties.executorsOrDefault().keySet();
		List<String> problems = new ArrayList<>();
		if (properties.taskExecutorsOrNone().contains(BOOT_TASK_EXECUTOR)) {
			problems.add("offload.task-executors has '" + BOOT_TASK_EXECUTOR
					+ "', whose bean would be applicationTaskExecutor, which is the name of that of Spring Boot; "
					+ "give the executor another name");
		}
		properties.taskExecutorsOrNone()
			.stream()
			.filter((name) -> !known.contains(name))
			.map((name) -> "offload.task-executors has '" + name + "', and there is no executor of that name; there "
					+ ((known.size() != 1) ? "are " : "is ") + String.join(", ", known.stream().sorted().toList()))
			.forEach(problems::add);
		if (!problems.isEmpty()) {
			throw new InvalidOffloadSettingsException(problems);
		}
		return properties.taskExecutorsOrNone();
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
				catch (InvalidSettingException ex) {
					ex.all().forEach((each) -> problems.add(describe(name, customizer, each)));
				}
				catch (RuntimeException ex) {
					problems.add(describe(name, customizer, ex));
				}
			}
			customized.put(name, changed);
		});
		if (!problems.isEmpty()) {
			throw new InvalidOffloadSettingsException(problems);
		}
		return new ExecutorSpecs(customized, this.making, this.bypassed, this.declared, this.taskExecutors);
	}

	private static String describe(String executor, ExecutorSpecCustomizer customizer, RuntimeException failure) {
		return SettingPaths.EXECUTORS + executor + ": the bean " + customizer.getClass().getName()
				+ " customizes it wrongly: " + failure.getMessage();
	}

	private static ExecutorSpec customize(ExecutorSpec spec, ExecutorSpecCustomizer customizer) {
		ExecutorSpec.Builder builder = spec.toBuilder();
		customizer.customize(spec.name(), builder);
		ExecutorSpec changed = builder.build();
		requireSame(spec.name(), "type", spec.type(), changed.type());
		requireSame(spec.name(), "codec-round-trip", spec.codecRoundTrip(), changed.codecRoundTrip());
		return changed;
	}

	private static void requireSame(String executor, String setting, Object written, Object changed) {
		if (!changed.equals(written)) {
			throw new InvalidSettingException(executor, setting,
					"must stay " + written + ", but is " + changed + "; set it in the configuration");
		}
	}

	private static Map<String, ExecutorSpec> read(OffloadProperties properties, Environment environment,
			boolean directoriesChecked) {
		SpecMapper mapper = new SpecMapper(properties.defaultsOrNone(), directoriesChecked);
		SettingPaths paths = new SettingPaths(environment);
		Map<String, ExecutorSpec> specs = new LinkedHashMap<>();
		List<String> problems = new ArrayList<>();
		properties.executorsOrDefault().forEach((name, own) -> {
			try {
				specs.put(name, mapper.toSpec(name, own));
			}
			catch (InvalidSettingException ex) {
				ex.all().forEach((each) -> problems.add(describe(paths, name, each)));
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
			.maxSpoolBytes(spec.maxSpoolBytes())
			.spoolDirectory(spec.spoolDirectory())
			.allowedTypes(spec.allowedTypes())
			.codec(spec.codec())
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

	@Override
	public boolean hasNoTimeout(String executor) {
		ExecutorSpec spec = this.written.get(executor);
		return spec != null && !spec.type().equals(ExecutorSpec.INLINE) && spec.timeout().isZero();
	}

	@Override
	public @Nullable Boolean requiresSerializable(String executor) {
		ExecutorSpec spec = this.written.get(executor);
		if (spec == null || spec.codec() == null) {
			return null;
		}
		try {
			return PayloadCodecs.of(spec, new JdkPayloadCodec()).requiresSerializable();
		}
		catch (InvalidSettingException ex) {
			// Of a bean, or wrong, which is told when the executors are made.
			return null;
		}
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
	 * The executors that are task executors of Spring too.
	 * @return their names
	 */
	List<String> taskExecutors() {
		return this.taskExecutors;
	}

	/**
	 * Whether all tasks run in this JVM, whatever is written.
	 * @return {@code true} if they do
	 */
	boolean bypassed() {
		return this.bypassed;
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

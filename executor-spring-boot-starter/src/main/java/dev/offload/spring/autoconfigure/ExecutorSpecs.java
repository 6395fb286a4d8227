package dev.offload.spring.autoconfigure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
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

	private final boolean declared;

	private ExecutorSpecs(Map<String, ExecutorSpec> written, Map<String, ExecutorSpec> made, boolean declared) {
		this.declared = declared;
		this.written = Collections.unmodifiableMap(written);
		this.made = Collections.unmodifiableMap(made);
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
		Map<String, ExecutorSpec> written = read(properties, environment);
		Map<String, ExecutorSpec> made = new LinkedHashMap<>();
		written.forEach((name, spec) -> made.put(name, properties.bypass() ? bypass(spec) : spec));
		return new ExecutorSpecs(written, made, properties.executors() != null && !properties.executors().isEmpty());
	}

	/**
	 * Reads the executors of a worker: whatever their type, their tasks run on the
	 * caller's thread, for the worker is where they belong.
	 * @param environment the configuration
	 * @return the executors
	 */
	static ExecutorSpecs ofWorker(Environment environment) {
		Map<String, ExecutorSpec> written = read(bind(environment, BindHandler.DEFAULT), environment);
		Map<String, ExecutorSpec> made = new LinkedHashMap<>();
		written.forEach((name, spec) -> made.put(name,
				ExecutorSpec.builder(name)
					.type(ExecutorSpec.INLINE)
					.maxPending(Integer.MAX_VALUE)
					.codecRoundTrip(false)
					.build()));
		return new ExecutorSpecs(written, made, true);
	}

	private static OffloadProperties bind(Environment environment, BindHandler handler) {
		return Binder.get(environment).bindOrCreate("offload", Bindable.of(OffloadProperties.class), handler);
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
				problems.add(paths.describe(name, ex.setting()) + " " + ex.problem());
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

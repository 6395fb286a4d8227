package dev.offload.spring.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.ExecutorLimits;
import dev.offload.ExecutorRegistry;
import dev.offload.ExecutorSpec;
import dev.offload.InvalidSettingException;
import dev.offload.OffloadExecutor;

/**
 * Brings other settings to running executors: what can change does, in all of them or in
 * none, and what cannot is named in one warning. For one thread at a time.
 */
final class SettingsChange {

	private static final Logger logger = LoggerFactory.getLogger(SettingsChange.class);

	private final ExecutorRegistry registry;

	private final SettingPaths paths;

	private final boolean bypassed;

	/** Written by one thread at a time: where the executors are not as configured. */
	private Set<String> standing = Set.of();

	/**
	 * Creates one.
	 * @param registry has the executors
	 * @param paths says where settings were set
	 * @param bypassed whether the executors were made to run all tasks in this JVM
	 */
	SettingsChange(ExecutorRegistry registry, SettingPaths paths, boolean bypassed) {
		this.registry = registry;
		this.paths = paths;
		this.bypassed = bypassed;
	}

	/**
	 * Brings a change to the executors. A limit that was changed otherwise meanwhile, as
	 * by an operator, stays unless its setting has changed.
	 * @param followed the settings that the executors follow, by their names
	 * @param next the settings as they are
	 * @return the settings that they follow now
	 * @throws InvalidOffloadSettingsException if a limit does not fit those in force;
	 * nothing has changed then
	 */
	Map<String, ExecutorSpec> apply(Map<String, ExecutorSpec> followed, ExecutorSpecs next) {
		if (next.bypassed() != this.bypassed) {
			warn(List.of(), Set.of("offload.bypass"));
			return followed;
		}
		Map<String, ExecutorSpec> follows = new LinkedHashMap<>(followed);
		Findings findings = new Findings(new LinkedHashMap<>(), new ArrayList<>(), new LinkedHashSet<>(),
				new ArrayList<>());
		followed.forEach((name, spec) -> {
			ExecutorSpec wanted = next.made().get(name);
			OffloadExecutor executor = this.registry.executors().get(name);
			if (wanted == null || executor == null) {
				findings.standing().add(SettingPaths.EXECUTORS + name);
			}
			else if (!wanted.type().equals(spec.type())) {
				findings.standing().add(this.paths.path(name, "type"));
			}
			else {
				compare(executor, spec, wanted, findings);
				follows.put(name, wanted);
			}
		});
		next.made()
			.keySet()
			.stream()
			.filter((name) -> !followed.containsKey(name))
			.forEach((name) -> findings.standing().add(SettingPaths.EXECUTORS + name));
		if (!findings.problems().isEmpty()) {
			throw new InvalidOffloadSettingsException(findings.problems());
		}
		change(findings.changes());
		warn(findings.unchangeable(), findings.standing());
		return follows;
	}

	private void compare(OffloadExecutor executor, ExecutorSpec spec, ExecutorSpec wanted, Findings findings) {
		Set<String> changed = Set.copyOf(spec.differences(wanted));
		ExecutorLimits inForce = executor.snapshot().limits();
		ExecutorLimits limits = ExecutorLimits.of(wanted).only(changed::contains);
		addUnchangeable(executor.name(), changed, limits, inForce, findings.unchangeable());
		ExecutorLimits heeded = limits.only(inForce.settings()::containsKey);
		if (!heeded.equals(ExecutorLimits.NONE)) {
			check(executor, inForce, heeded, findings.problems());
			findings.changes().put(executor, heeded);
		}
	}

	// In all or in none: an executor of the application may refuse what was not seen
	// before.
	private static void change(Map<OffloadExecutor, ExecutorLimits> changes) {
		Map<OffloadExecutor, ExecutorLimits> before = new LinkedHashMap<>();
		try {
			changes.forEach((executor, limits) -> {
				before.put(executor, executor.snapshot().limits().only(limits.settings()::containsKey));
				executor.operations().change(limits);
			});
		}
		catch (RuntimeException ex) {
			before.forEach((executor, limits) -> restore(executor, limits, ex));
			throw ex;
		}
	}

	private static void restore(OffloadExecutor executor, ExecutorLimits limits, RuntimeException failure) {
		try {
			executor.operations().change(limits);
		}
		catch (RuntimeException ex) {
			failure.addSuppressed(ex);
		}
	}

	private void check(OffloadExecutor executor, ExecutorLimits inForce, ExecutorLimits limits, List<String> problems) {
		try {
			limits.applyTo(inForce.applyTo(executor.spec()));
		}
		catch (InvalidSettingException ex) {
			ex.all()
				.forEach((each) -> problems.add(this.paths.describe(executor.name(), each.setting()) + " "
						+ each.problem() + ", with the limits that are in force"));
		}
	}

	// A limit that the type does not heed has no effect after a restart either.
	private void addUnchangeable(String name, Set<String> changed, ExecutorLimits limits, ExecutorLimits inForce,
			List<String> unchangeable) {
		boolean fixed = inForce.equals(ExecutorLimits.NONE);
		changed.stream()
			.filter((setting) -> fixed || !limits.settings().containsKey(setting))
			.sorted()
			.forEach((setting) -> unchangeable.add(this.paths.path(name, setting)));
	}

	// What stands is told when it begins to.
	private void warn(List<String> unchangeable, Set<String> standing) {
		Set<String> told = new LinkedHashSet<>(unchangeable);
		standing.stream().filter((path) -> !this.standing.contains(path)).forEach(told::add);
		this.standing = Set.copyOf(standing);
		if (!told.isEmpty()) {
			logger.warn("The configuration has changed where running executors cannot follow. Restart the service to "
					+ "apply: {}", String.join(", ", told));
		}
	}

	/**
	 * What a comparison of settings has found so far.
	 *
	 * @param changes the limits to change
	 * @param unchangeable the paths of settings that cannot change
	 * @param standing the paths where executors stay other than configured
	 * @param problems what is wrong with limits
	 */
	private record Findings(Map<OffloadExecutor, ExecutorLimits> changes, List<String> unchangeable,
			Set<String> standing, List<String> problems) {

	}

}

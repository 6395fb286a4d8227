package dev.offload.spring.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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
 * none, and what cannot is named in one warning.
 */
final class SettingsChange {

	private static final Logger logger = LoggerFactory.getLogger(SettingsChange.class);

	private final ExecutorRegistry registry;

	private final SettingPaths paths;

	SettingsChange(ExecutorRegistry registry, SettingPaths paths) {
		this.registry = registry;
		this.paths = paths;
	}

	/**
	 * Brings a change to the executors. A limit that was changed otherwise meanwhile, as
	 * by an operator, stays unless its setting has changed.
	 * @param before the settings as they were, by the names of the executors
	 * @param after the settings as they are
	 * @throws InvalidOffloadSettingsException if a limit does not fit those in force;
	 * nothing has changed then
	 */
	void apply(Map<String, ExecutorSpec> before, Map<String, ExecutorSpec> after) {
		Map<OffloadExecutor, ExecutorLimits> changes = new LinkedHashMap<>();
		List<String> unchangeable = new ArrayList<>();
		List<String> problems = new ArrayList<>();
		before.forEach((name, spec) -> {
			OffloadExecutor executor = this.registry.executors().get(name);
			ExecutorSpec next = after.get(name);
			if (next == null || executor == null) {
				unchangeable.add(SettingPaths.EXECUTORS + name);
				return;
			}
			Set<String> changed = Set.copyOf(spec.differences(next));
			ExecutorLimits inForce = executor.snapshot().limits();
			ExecutorLimits limits = ExecutorLimits.of(next).only(changed::contains);
			addUnchangeable(name, changed, limits, inForce, unchangeable);
			limits = limits.only(inForce.settings()::containsKey);
			if (!limits.equals(ExecutorLimits.NONE)) {
				check(executor, limits, inForce, problems);
				changes.put(executor, limits);
			}
		});
		after.keySet()
			.stream()
			.filter((name) -> !before.containsKey(name))
			.forEach((name) -> unchangeable.add(SettingPaths.EXECUTORS + name));
		if (!problems.isEmpty()) {
			throw new InvalidOffloadSettingsException(problems);
		}
		changes.forEach((executor, limits) -> executor.operations().change(limits));
		warn(unchangeable);
	}

	private void check(OffloadExecutor executor, ExecutorLimits limits, ExecutorLimits inForce, List<String> problems) {
		try {
			limits.applyTo(inForce.applyTo(executor.spec()));
		}
		catch (InvalidSettingException ex) {
			problems.add(this.paths.describe(executor.name(), ex.setting()) + " " + ex.problem()
					+ ", with the limits that are in force");
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

	private void warn(List<String> unchangeable) {
		if (!unchangeable.isEmpty()) {
			logger.warn("The configuration has changed where running executors cannot follow. Restart the service to "
					+ "apply: {}", String.join(", ", unchangeable.stream().distinct().toList()));
		}
	}

}

package dev.offload.spring.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.env.Environment;

import dev.offload.ExecutorSpec;
import dev.offload.spring.worker.ApplicationSetupProvider;

/**
 * Looks at the start for what workers would lack of the service's properties: their first
 * start may be long after. The executor that there is where none is declared may have
 * none at all.
 */
final class UnsentPropertiesCheck implements SmartInitializingSingleton {

	private final ExecutorSpecs specs;

	private final ObjectProvider<ApplicationSetupProvider> setups;

	private final Environment environment;

	UnsentPropertiesCheck(ExecutorSpecs specs, ObjectProvider<ApplicationSetupProvider> setups,
			Environment environment) {
		this.specs = specs;
		this.setups = setups;
		this.environment = environment;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.setups.ifAvailable(this::check);
	}

	private void check(ApplicationSetupProvider setup) {
		List<String> problems = new ArrayList<>();
		List<String> declared = this.specs.declaredWithWorkers();
		for (ExecutorSpec spec : this.specs.made().values()) {
			String problem = declared.contains(spec.name()) ? setup.checkProperties(spec) : null;
			if (problem != null) {
				problems.add(new SettingPaths(this.environment).describe(spec.name(), "worker.unsent-properties")
						+ " is fail. " + problem);
			}
		}
		if (!problems.isEmpty()) {
			throw new InvalidOffloadSettingsException(problems);
		}
	}

}

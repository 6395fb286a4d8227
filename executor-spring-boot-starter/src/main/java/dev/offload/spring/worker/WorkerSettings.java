package dev.offload.spring.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a worker with beans is given by its service.
 *
 * @param application what the worker starts
 * @param own what the executor's settings say of it
 * @param environment the property sources of the service, the strongest first
 */
record WorkerSettings(RecordedApplication application, OwnSettings own, List<ServiceSource> environment) {

	private static final String SOURCE = "environment.";

	WorkerSettings {
		environment = List.copyOf(environment);
	}

	Map<String, String> toMap() {
		FlatSettings settings = new FlatSettings();
		this.application.write(settings);
		this.own.write(settings);
		for (int i = 0; i < this.environment.size(); i++) {
			ServiceSource source = this.environment.get(i);
			settings.put(SOURCE + i + ".name", source.name());
			settings.put(SOURCE + i + ".kind", source.kind().name());
			settings.put(SOURCE + i + ".value", source.values());
		}
		return settings.values();
	}

	static WorkerSettings fromMap(Map<String, String> values) {
		FlatSettings settings = new FlatSettings(values);
		List<ServiceSource> environment = new ArrayList<>();
		String name = settings.get(SOURCE + "0.name");
		while (name != null) {
			String key = SOURCE + environment.size();
			environment.add(new ServiceSource(name, ServiceSource.Kind.valueOf(settings.require(key + ".kind")),
					settings.map(key + ".value")));
			name = settings.get(SOURCE + environment.size() + ".name");
		}
		return new WorkerSettings(RecordedApplication.read(settings), OwnSettings.read(settings), environment);
	}

	/**
	 * Shows no values: secrets are among them.
	 */
	@Override
	public String toString() {
		return "WorkerSettings[classes=" + this.application.classes() + ", own=" + this.own + ", environment="
				+ this.environment + "]";
	}

}

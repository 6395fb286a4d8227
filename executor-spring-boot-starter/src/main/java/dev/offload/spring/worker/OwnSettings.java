package dev.offload.spring.worker;

import java.util.List;
import java.util.Map;

/**
 * What the settings of an executor say of its workers' context.
 *
 * @param profiles its active profiles, all of them
 * @param properties properties that override all others
 * @param warmUp the names of beans created before the first task
 * @param threads how many tasks it runs at a time
 */
record OwnSettings(List<String> profiles, Map<String, String> properties, List<String> warmUp, int threads) {

	OwnSettings {
		profiles = List.copyOf(profiles);
		properties = Map.copyOf(properties);
		warmUp = List.copyOf(warmUp);
	}

	void write(FlatSettings settings) {
		settings.put("profile", this.profiles);
		settings.put("property", this.properties);
		settings.put("warm-up", this.warmUp);
		settings.put("threads", String.valueOf(this.threads));
	}

	static OwnSettings read(FlatSettings settings) {
		return new OwnSettings(settings.list("profile"), settings.map("property"), settings.list("warm-up"),
				Integer.parseInt(settings.require("threads")));
	}

	/**
	 * Shows no values: secrets are among them.
	 */
	@Override
	public String toString() {
		return "OwnSettings[profiles=" + this.profiles + ", properties=" + this.properties.keySet() + ", warmUp="
				+ this.warmUp + ", threads=" + this.threads + "]";
	}

}

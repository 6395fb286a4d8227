package dev.offload.spi;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the service gives to each worker of an executor over its private connection, so
 * secrets may be in it.
 *
 * @param resolver the name of the {@link TargetResolver} class, with a no-argument
 * constructor
 * @param settings what that class needs to know
 * @param applicationPackages packages whose classes, also those of their sub-packages,
 * are admitted in payloads
 */
public record WorkerSetup(String resolver, Map<String, String> settings, List<String> applicationPackages) {

	public WorkerSetup {
		Objects.requireNonNull(resolver, "resolver");
		settings = Map.copyOf(settings);
		applicationPackages = List.copyOf(applicationPackages);
	}

	/**
	 * A worker without beans.
	 * @param applicationPackages packages whose classes are admitted in payloads
	 * @return the setup
	 */
	public static WorkerSetup plain(List<String> applicationPackages) {
		return new WorkerSetup(PlainTargetResolver.class.getName(), Map.of(), applicationPackages);
	}

	/**
	 * Shows no settings: secrets are among them.
	 */
	@Override
	public String toString() {
		return "WorkerSetup[resolver=" + this.resolver + ", applicationPackages=" + this.applicationPackages + "]";
	}

}

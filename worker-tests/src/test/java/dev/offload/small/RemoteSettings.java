package dev.offload.small;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.springframework.boot.context.config.ConfigData;
import org.springframework.boot.context.config.ConfigDataLoader;
import org.springframework.boot.context.config.ConfigDataLoaderContext;
import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.config.ConfigDataLocationResolver;
import org.springframework.boot.context.config.ConfigDataLocationResolverContext;
import org.springframework.boot.context.config.ConfigDataResource;
import org.springframework.core.env.MapPropertySource;

/**
 * Settings as from a server: {@code spring.config.import: remote:} gives each process
 * that asks another answer.
 */
public final class RemoteSettings {

	private static final String PREFIX = "remote:";

	private RemoteSettings() {
	}

	/**
	 * Knows what comes from the server.
	 */
	public static class Resolver implements ConfigDataLocationResolver<Resource> {

		@Override
		public boolean isResolvable(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
			return location.hasPrefix(PREFIX);
		}

		@Override
		public List<Resource> resolve(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
			return List.of(new Resource(location.getNonPrefixedValue(PREFIX)));
		}

	}

	/**
	 * Asks the server.
	 */
	public static class Loader implements ConfigDataLoader<Resource> {

		@Override
		public ConfigData load(ConfigDataLoaderContext context, Resource resource) {
			String value = "from the server for " + ProcessHandle.current().pid();
			return new ConfigData(List.of(new MapPropertySource(PREFIX + resource.name,
					Map.of("small.remote", value, "small.file-or-remote", "remote"))));
		}

	}

	/**
	 * What the server is asked for.
	 */
	public static class Resource extends ConfigDataResource {

		private final String name;

		Resource(String name) {
			this.name = name;
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof Resource that && this.name.equals(that.name);
		}

		@Override
		public int hashCode() {
			return Objects.hash(this.name);
		}

	}

}

package dev.offload.jdbc.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import org.springframework.boot.jdbc.EmbeddedDatabaseConnection;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.jdbc.init.PlatformPlaceholderDatabaseDriverResolver;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

import dev.offload.spring.autoconfigure.JdbcProperties;
import dev.offload.spring.autoconfigure.JdbcProperties.InitializeSchema;

/**
 * Makes the tables of tasks, under names with the prefix that is set.
 */
final class TaskTablesInitializer extends DataSourceScriptDatabaseInitializer {

	private static final String SCRIPT = "classpath:dev/offload/jdbc/schema-@@platform@@.sql";

	/** What stands in the scripts. */
	private static final String PREFIX = "OFFLOAD_";

	private final String prefix;

	private TaskTablesInitializer(DataSource dataSource, DatabaseInitializationSettings settings, String prefix) {
		super(dataSource, settings);
		this.prefix = prefix;
	}

	// A database that nobody wants changed need not answer by now.
	static TaskTablesInitializer of(DataSource dataSource, JdbcProperties properties) {
		boolean wanted = properties.initializeSchema() == InitializeSchema.ALWAYS
				|| (properties.initializeSchema() == InitializeSchema.EMBEDDED
						&& EmbeddedDatabaseConnection.isEmbedded(dataSource));
		DatabaseInitializationSettings settings = new DatabaseInitializationSettings();
		settings.setMode(wanted ? DatabaseInitializationMode.ALWAYS : DatabaseInitializationMode.NEVER);
		if (wanted) {
			settings.setSchemaLocations(new PlatformPlaceholderDatabaseDriverResolver().resolveAll(dataSource, SCRIPT));
		}
		return new TaskTablesInitializer(dataSource, settings, properties.tablePrefix());
	}

	@Override
	protected void runScripts(Scripts scripts) {
		List<Resource> prefixed = new ArrayList<>();
		for (Resource script : scripts) {
			prefixed
				.add(new ByteArrayResource(text(script).replace(PREFIX, this.prefix).getBytes(StandardCharsets.UTF_8),
						script.getDescription()));
		}
		super.runScripts(new Scripts(prefixed).separator(scripts.getSeparator())
			.encoding(StandardCharsets.UTF_8)
			.continueOnError(scripts.isContinueOnError()));
	}

	private static String text(Resource script) {
		try {
			return script.getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

package dev.offload.jdbc.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.boot.jdbc.EmbeddedDatabaseConnection;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

import dev.offload.spring.autoconfigure.JdbcProperties;
import dev.offload.spring.autoconfigure.JdbcProperties.InitializeSchema;

/**
 * Makes the tables of tasks, under names with the prefix that is set.
 */
final class TaskTablesInitializer extends DataSourceScriptDatabaseInitializer {

	/** What stands in the scripts. */
	private static final String PREFIX = "OFFLOAD_";

	private final String prefix;

	private TaskTablesInitializer(DataSource dataSource, DatabaseInitializationSettings settings, String prefix) {
		super(dataSource, settings);
		this.prefix = prefix;
	}

	// A database that nobody wants changed need not answer by now. The store says what is
	// to be done about one that has no script.
	static TaskTablesInitializer of(DataSource dataSource, JdbcProperties properties) {
		boolean wanted = properties.initializeSchema() == InitializeSchema.ALWAYS
				|| (properties.initializeSchema() == InitializeSchema.EMBEDDED
						&& EmbeddedDatabaseConnection.isEmbedded(dataSource));
		DatabaseInitializationSettings settings = new DatabaseInitializationSettings();
		settings.setMode(DatabaseInitializationMode.NEVER);
		if (wanted) {
			String script = script(dataSource);
			if (exists(script)) {
				settings.setMode(DatabaseInitializationMode.ALWAYS);
				settings.setSchemaLocations(List.of(script));
			}
		}
		return new TaskTablesInitializer(dataSource, settings, properties.tablePrefix());
	}

	private static String script(DataSource dataSource) {
		try {
			String product = JdbcUtils.extractDatabaseMetaData(dataSource, DatabaseMetaData::getDatabaseProductName);
			return "classpath:dev/offload/jdbc/schema-%s.sql"
				.formatted(DatabaseDriver.fromProductName(product).getId());
		}
		catch (MetaDataAccessException ex) {
			throw new IllegalStateException("The tables of tasks cannot be made, the database does not say what it is. "
					+ "Set offload.jdbc.initialize-schema to never to start without it", ex);
		}
	}

	private static boolean exists(String script) {
		return new DefaultResourceLoader(TaskTablesInitializer.class.getClassLoader()).getResource(script).exists();
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

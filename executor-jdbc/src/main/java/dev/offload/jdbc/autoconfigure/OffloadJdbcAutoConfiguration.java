package dev.offload.jdbc.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ResourceLoader;

import dev.offload.codec.JdkPayloadCodec;
import dev.offload.jdbc.JdbcTaskStore;
import dev.offload.jdbc.JdbcTaskStoreBuilder;
import dev.offload.spi.PayloadCodec;
import dev.offload.spi.TaskStore;
import dev.offload.spring.autoconfigure.ConditionalOnService;
import dev.offload.spring.autoconfigure.ExecutorProperties;
import dev.offload.spring.autoconfigure.JdbcProperties;
import dev.offload.spring.autoconfigure.OffloadProperties;

/**
 * Auto-configuration of tasks in the database of the application, where it has one and no
 * {@link TaskStore} of its own.
 */
@AutoConfiguration(afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
		beforeName = "dev.offload.spring.autoconfigure.OffloadTasksAutoConfiguration")
@ConditionalOnClass({ DataSourceScriptDatabaseInitializer.class, OffloadProperties.class })
@ConditionalOnSingleCandidate(DataSource.class)
@ConditionalOnMissingBean(TaskStore.class)
@ConditionalOnBooleanProperty(name = { "offload.enabled", "offload.tasks.enabled", "offload.jdbc.enabled" },
		matchIfMissing = true)
@ConditionalOnService
@EnableConfigurationProperties(OffloadProperties.class)
@Import(DatabaseInitializationDependencyConfigurer.class)
public final class OffloadJdbcAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TaskTablesInitializer offloadTaskTablesInitializer(DataSource dataSource, OffloadProperties properties) {
		return TaskTablesInitializer.of(dataSource, properties.jdbc());
	}

	@Bean
	@DependsOnDatabaseInitialization
	JdbcTaskStore offloadJdbcTaskStore(DataSource dataSource, OffloadProperties properties,
			ObjectProvider<PayloadCodec> codec, BeanFactory beans, ResourceLoader resources) {
		JdbcProperties jdbc = properties.jdbc();
		JdbcTaskStoreBuilder builder = JdbcTaskStore.builder(dataSource)
			.tablePrefix(jdbc.tablePrefix())
			.writeDelay(jdbc.writeDelay())
			.shortCalls(jdbc.shortCalls())
			.lease(jdbc.serviceLease())
			.closeTimeout(jdbc.closeTimeout())
			.resultTtl(properties.tasks().resultTtl())
			.maxResultBytes(properties.tasks().maxResultSize().toBytes())
			.codec(codec.getIfAvailable(JdkPayloadCodec::new))
			.allowedTypes(AutoConfigurationPackages.has(beans) ? AutoConfigurationPackages.get(beans) : List.of(),
					allowedTypes(properties));
		ClassLoader loader = resources.getClassLoader();
		JdbcTaskStore store = ((loader != null) ? builder.classLoader(loader) : builder).build();
		requireTables(store);
		return store;
	}

	// What comes from any executor may be read from the database.
	private static List<String> allowedTypes(OffloadProperties properties) {
		List<ExecutorProperties> all = new ArrayList<>(properties.executorsOrDefault().values());
		all.add(properties.defaultsOrNone());
		List<String> types = new ArrayList<>();
		for (ExecutorProperties executor : all) {
			List<String> allowed = executor.allowedTypes();
			if (allowed != null) {
				types.addAll(allowed);
			}
		}
		return types;
	}

	private static void requireTables(JdbcTaskStore store) {
		try {
			store.requireTables();
		}
		catch (RuntimeException ex) {
			store.close();
			throw ex;
		}
	}

	/**
	 * Meters, where Micrometer is on the class path.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MetersConfiguration {

		@Bean
		JdbcTaskStoreMeters offloadJdbcTaskStoreMeters(JdbcTaskStore store) {
			return new JdbcTaskStoreMeters(store);
		}

	}

}

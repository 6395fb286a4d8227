package dev.offload.spring.worker;

import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import liquibase.integration.spring.SpringLiquibase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.DataSourceInitializer;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Beans that initialize a database, and that the application makes itself instead of
 * leaving them to Boot.
 */
class OwnInitializersTests {

	@AfterEach
	void reset() {
		System.clearProperty(Exclusion.KEEP_PROPERTY);
	}

	@Test
	void databaseIsLeftAlone() {
		assertThat(tables()).isEmpty();
	}

	@Test
	void databaseIsMigratedWithoutItsExclusion() {
		System.setProperty(Exclusion.KEEP_PROPERTY, "migrations");
		assertThat(tables()).contains("by_flyway", "by_liquibase").doesNotContain("by_script", "hibernate_entry");
	}

	@Test
	void scriptsAreRunWithoutTheirExclusion() {
		System.setProperty(Exclusion.KEEP_PROPERTY, "schema-scripts");
		assertThat(tables()).containsExactly("by_script");
	}

	@Test
	void hibernateMakesTablesWithoutItsExclusion() {
		System.setProperty(Exclusion.KEEP_PROPERTY, "ddl-auto");
		assertThat(tables()).containsExactly("hibernate_entry");
	}

	private static List<String> tables() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(Initializers.class);
			context.addBeanFactoryPostProcessor(new QuietDefinitions());
			context.getBeanFactory().addBeanPostProcessor(new QuietBeans());
			context.refresh();
			return new JdbcTemplate(context.getBean(DataSource.class)).queryForList(
					"select lower(table_name) from information_schema.tables where table_schema = 'PUBLIC'",
					String.class);
		}
	}

	/**
	 * One of each.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Initializers {

		@Bean
		DataSource dataSource() {
			return new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
		}

		@Bean(initMethod = "migrate")
		Flyway flyway(DataSource dataSource) {
			return Flyway.configure().dataSource(dataSource).baselineOnMigrate(true).baselineVersion("0").load();
		}

		@Bean
		SpringLiquibase liquibase(DataSource dataSource) {
			SpringLiquibase liquibase = new SpringLiquibase();
			liquibase.setDataSource(dataSource);
			liquibase.setChangeLog("classpath:db/changelog/db.changelog-master.yaml");
			return liquibase;
		}

		@Bean
		DataSourceInitializer scripts(DataSource dataSource) {
			DataSourceInitializer initializer = new DataSourceInitializer();
			initializer.setDataSource(dataSource);
			initializer.setDatabasePopulator(new ResourceDatabasePopulator(new ClassPathResource("schema.sql")));
			return initializer;
		}

		@Bean
		LocalContainerEntityManagerFactoryBean entityManagerFactory(DataSource dataSource) {
			HibernateJpaVendorAdapter hibernate = new HibernateJpaVendorAdapter();
			hibernate.setGenerateDdl(true);
			LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
			factory.setDataSource(dataSource);
			factory.setJpaVendorAdapter(hibernate);
			factory.setPackagesToScan("dev.offload.busy");
			return factory;
		}

	}

}

package dev.offload.spring.worker;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PoolSizes}, with the real pools.
 */
class PoolSizesTests {

	@AfterEach
	void reset() {
		System.clearProperty(Exclusion.KEEP_PROPERTY);
	}

	@Test
	void poolOpensWhatItsThreadsNeedAndTwoMore() throws SQLException {
		try (HikariDataSource pool = pool(hikari(20), Map.of())) {
			for (int i = 0; i < 3; i++) {
				assertThat(pool.getConnection()).isNotNull();
			}
			assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isEqualTo(3);
			assertThatExceptionOfType(SQLTransientConnectionException.class).isThrownBy(pool::getConnection);
		}
	}

	@Test
	void poolOpensMoreWithoutItsExclusion() throws SQLException {
		System.setProperty(Exclusion.KEEP_PROPERTY, "connections");
		try (HikariDataSource pool = pool(hikari(20), Map.of())) {
			for (int i = 0; i < 4; i++) {
				assertThat(pool.getConnection()).isNotNull();
			}
			assertThat(pool.getMinimumIdle()).isEqualTo(20);
		}
	}

	@Test
	void poolThatIsOpenIsMadeSmallerToo() {
		HikariConfig open = hikari(20);
		open.setMinimumIdle(0);
		try (HikariDataSource pool = sized(new HikariDataSource(open), Map.of())) {
			assertThat(pool.getMaximumPoolSize()).isEqualTo(3);
		}
	}

	@Test
	void poolThatIsSmallerStaysSo() {
		try (HikariDataSource pool = pool(hikari(1), Map.of())) {
			assertThat(pool.getMaximumPoolSize()).isOne();
		}
	}

	@Test
	void poolWithoutASizeOfItsOwnGetsOne() {
		try (HikariDataSource pool = sized(new HikariDataSource(), Map.of())) {
			assertThat(pool.getMaximumPoolSize()).isEqualTo(3);
			assertThat(pool.getMinimumIdle()).isZero();
		}
	}

	@Test
	void sizesThatTheWorkersPropertiesSetAreLeftAlone() {
		try (HikariDataSource pool = pool(hikari(20),
				Map.of("spring.datasource.hikari.maximum-pool-size", "20", "app.pool.minimumIdle", "5"))) {
			assertThat(pool.getMaximumPoolSize()).isEqualTo(20);
			assertThat(pool.getMinimumIdle()).isEqualTo(20);
		}
	}

	@Test
	void otherPoolsAreMadeSmallerToo() throws Exception {
		DataSource tomcat = sized(new DataSource(), Map.of());
		assertThat(List.of(tomcat.getMaxActive(), tomcat.getMinIdle(), tomcat.getInitialSize())).containsExactly(3, 0,
				0);
		try (BasicDataSource commons = new BasicDataSource()) {
			commons.setMinIdle(5);
			commons.setInitialSize(5);
			sized(commons, Map.of());
			assertThat(List.of(commons.getMaxTotal(), commons.getMinIdle(), commons.getInitialSize()))
				.containsExactly(3, 0, 0);
		}
	}

	private static HikariDataSource pool(HikariConfig settings, Map<String, String> properties) {
		HikariDataSource pool = new HikariDataSource();
		settings.copyStateTo(pool);
		return sized(pool, properties);
	}

	@SuppressWarnings("unchecked")
	private static <T> T sized(T pool, Map<String, String> properties) {
		return (T) PoolSizes.of(new OwnSettings(List.of(), properties, List.of(), 1))
			.postProcessAfterInitialization(pool, "dataSource");
	}

	private static HikariConfig hikari(int size) {
		HikariConfig settings = new HikariConfig();
		settings.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID());
		settings.setMaximumPoolSize(size);
		settings.setMinimumIdle(size);
		// Where there is no room, that is to be told at once.
		settings.setConnectionTimeout(250);
		return settings;
	}

}

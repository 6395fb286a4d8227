package dev.offload.sample.invoice;

import java.lang.reflect.Field;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Closes the database when the last request is answered and the executors are closed, and
 * not before. H2 would close it as soon as the JVM begins to stop, while workers still
 * use it: the next of them would open the file itself, and be killed with it.
 */
@Component
@ConditionalOnWebApplication
class DatabaseKeeper implements SmartInitializingSingleton, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(DatabaseKeeper.class);

	private final JdbcTemplate jdbc;

	DatabaseKeeper(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Takes H2's shutdown hook away. There is a setting for that, DB_CLOSE_ON_EXIT, which
	 * H2 refuses together with AUTO_SERVER.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		try {
			Field hook = Class.forName("org.h2.engine.OnExitDatabaseCloser").getDeclaredField("INSTANCE");
			hook.setAccessible(true);
			Runtime.getRuntime().removeShutdownHook((Thread) hook.get(null));
		}
		catch (IllegalStateException ex) {
			logger.debug("The JVM stops before the service has started", ex);
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			logger.warn("This version of H2 closes the database before the last request is answered", ex);
		}
	}

	@Override
	public void destroy() {
		try {
			this.jdbc.execute("shutdown");
		}
		catch (DataAccessException ex) {
			logger.warn("The database could not be closed in order; the next start repairs it", ex);
		}
	}

}

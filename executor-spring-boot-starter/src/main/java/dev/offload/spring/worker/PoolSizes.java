package dev.offload.spring.worker;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.util.ClassUtils;

/**
 * Keeps pools of database connections as small as their worker needs them: each process
 * has pools of its own, and the database counts all of them.
 * <p>
 * A pool is known by its type, so that those are found that the application makes itself.
 * A size that {@code worker.properties} set is left alone, in all pools.
 */
final class PoolSizes implements BeanPostProcessor {

	/**
	 * How many connections a worker may have beside one for each of its threads. With one
	 * more each thread may hold a second connection, as a transaction in another does;
	 * with two a single thread may hold a third.
	 */
	static final int SPARE = 2;

	private static final Map<String, PoolType> TYPES = Map.of("com.zaxxer.hikari.HikariConfig",
			new PoolType("MaximumPoolSize", List.of("MinimumIdle")), "org.apache.commons.dbcp2.BasicDataSource",
			new PoolType("MaxTotal", List.of("MinIdle", "InitialSize")), "org.apache.tomcat.jdbc.pool.DataSourceProxy",
			new PoolType("MaxActive", List.of("MinIdle", "InitialSize")));

	private final int limit;

	// Names of settings, in lower case, by their ends.
	private final Collection<String> kept;

	private PoolSizes(int limit, Collection<String> kept) {
		this.limit = limit;
		this.kept = kept;
	}

	static PoolSizes of(OwnSettings own) {
		return new PoolSizes(own.threads() + SPARE, own.properties().keySet().stream().map(PoolSizes::plain).toList());
	}

	/**
	 * All types that are made smaller.
	 * @return their names
	 */
	static Set<String> knownTypes() {
		return TYPES.keySet();
	}

	// After the bean has got its properties. Hardly a pool has connections by then, and
	// one that has lets go of what is too much.
	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		if (Exclusion.CONNECTIONS.applies()) {
			TYPES.forEach((type, pool) -> {
				if (TypeNames.is(bean.getClass(), type)) {
					makeSmaller(bean, pool);
				}
			});
		}
		return bean;
	}

	private void makeSmaller(Object bean, PoolType pool) {
		int maximum = get(bean, pool.maximum());
		// Nothing set, or less than nothing, is the most that the pool knows.
		if ((maximum <= 0 || maximum > this.limit) && !isKept(pool.maximum())) {
			set(bean, pool.maximum(), this.limit);
		}
		for (String property : pool.none()) {
			if (!isKept(property)) {
				set(bean, property, 0);
			}
		}
	}

	private boolean isKept(String property) {
		return this.kept.stream().anyMatch((name) -> name.endsWith("." + plain(property)));
	}

	private static String plain(String name) {
		return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
	}

	private static int get(Object bean, String property) {
		return (Integer) call(bean, ClassUtils.getMethod(bean.getClass(), "get" + property));
	}

	private static void set(Object bean, String property, int value) {
		call(bean, ClassUtils.getMethod(bean.getClass(), "set" + property, int.class), value);
	}

	private static Object call(Object bean, Method method, Object... arguments) {
		try {
			return method.invoke(bean, arguments);
		}
		catch (IllegalAccessException | InvocationTargetException ex) {
			throw new IllegalStateException("A worker cannot size the pool of type " + bean.getClass().getName()
					+ ", for " + method + " failed", ex);
		}
	}

	/**
	 * How a pool calls its sizes.
	 *
	 * @param maximum the most connections
	 * @param none sizes that are none in a worker: what is opened before it is needed
	 */
	private record PoolType(String maximum, List<String> none) {

	}

}

package dev.offload.spring;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import jakarta.validation.ConstraintViolationException;
import jakarta.validation.constraints.NotBlank;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.aop.Advisor;
import org.springframework.aop.TargetSource;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.interceptor.ExposeInvocationInterceptor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.interceptor.TransactionInterceptor;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.validation.annotation.Validated;

import dev.offload.ExecutorRegistry;
import dev.offload.spring.autoconfigure.OffloadAspectAutoConfiguration;
import dev.offload.spring.autoconfigure.OffloadAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for where the offload advice stands among others, and for {@link InnerChain}.
 */
class OffloadAdviceOrderTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OffloadAutoConfiguration.class, OffloadAspectAutoConfiguration.class,
				ValidationAutoConfiguration.class))
		.withPropertyValues("offload.executors.pool.type=thread")
		.withUserConfiguration(Beans.class);

	@Test
	void transactionIsInside() {
		this.runner.run((context) -> {
			assertThat(context.getBean(Service.class).render("x")).isEqualTo("x in transaction");
			assertThat(context.getBean(RecordingTransactions.class).threads).singleElement()
				.asString()
				.startsWith("pool");
		});
	}

	@Test
	void transactionOfTheCallerDoesNotTravel() {
		this.runner.run((context) -> {
			context.getBean(Caller.class).call();
			assertThat(context.getBean(RecordingTransactions.class).threads).hasSize(2)
				.first()
				.isEqualTo(Thread.currentThread().getName());
		});
	}

	@Test
	void adviceOfTheApplicationIsOutside() {
		this.runner.run((context) -> {
			context.getBean(Service.class).render("x");
			assertThat(context.getBean(RecordingAdvice.class).threads)
				.containsExactly(Thread.currentThread().getName());
		});
	}

	@Test
	void cacheIsOutside() {
		this.runner.run((context) -> {
			context.getBean(Service.class).cached("x");
			assertThat(context.getBean(Service.class).cached("x")).isEqualTo("x");
			assertThat(context.getBean(ExecutorRegistry.class).require("pool").snapshot().submitted()).isOne();
			assertThat(context.getBean(CacheManager.class).getCache("texts").get("x")).isNotNull();
		});
	}

	@Test
	void validationIsOutsideAlsoWhereItWasInsideOfTheTransaction() {
		this.runner.run((context) -> {
			assertThatExceptionOfType(ConstraintViolationException.class)
				.isThrownBy(() -> context.getBean(Service.class).render(" "));
			assertThat(context.getBean(ExecutorRegistry.class).require("pool").snapshot().submitted()).isZero();
			assertThat(context.getBean(RecordingTransactions.class).threads).isEmpty();
		});
	}

	@Test
	void adviceThatStandsInsideOfTheTransactionIsOutsideForOffloadedMethodsOnly() {
		this.runner.withUserConfiguration(AdviceInside.class).run((context) -> {
			context.getBean(Service.class).render("x");
			context.getBean(Service.class).ordinary();
			assertThat(context.getBean(AdviceInside.class).found).containsExactly("render outside", "ordinary inside");
		});
	}

	@Test
	void transactionThatAsksForItsInvocationFindsItInTheExecutor() {
		this.runner.run((context) -> {
			TransactionInterceptor transactions = context.getBean(TransactionInterceptor.class);
			((Advised) context.getBean("service")).addAdvisor(0, ExposeInvocationInterceptor.ADVISOR);
			List<String> found = new CopyOnWriteArrayList<>();
			transactions.setTransactionAttributeSource(new AnnotationTransactionAttributeSource() {

				@Override
				public @Nullable TransactionAttribute getTransactionAttribute(Method method, @Nullable Class<?> type) {
					found.add(ExposeInvocationInterceptor.currentInvocation().getMethod().getName());
					return super.getTransactionAttribute(method, type);
				}

			});
			context.getBean(Service.class).render("x");
			assertThat(found).contains("render");
		});
	}

	@Test
	void innerChainRunsTheTransactionAndNothingOutside() {
		this.runner.withSystemProperties("offload.worker.socket=/tmp/none").run((context) -> {
			Object result = InnerChain.invoke(context.getBean("service"), method("render"), new Object[] { "x" });
			assertThat(result).isEqualTo("x in transaction");
			assertThat(context.getBean(RecordingTransactions.class).threads).hasSize(1);
			assertThat(context.getBean(RecordingAdvice.class).threads).isEmpty();
			InnerChain.invoke(context.getBean("service"), method("cached"), new Object[] { "y" });
			assertThat(context.getBean(CacheManager.class).getCache("texts").get("y")).isNull();
		});
	}

	@Test
	void innerChainOfAMethodThatIsNotOffloadedRunsAllAdvice() {
		this.runner.withSystemProperties("offload.worker.socket=/tmp/none").run((context) -> {
			assertThat(InnerChain.invoke(context.getBean("service"), method("plain"), new Object[0]))
				.isEqualTo("plain");
			assertThat(context.getBean(RecordingAdvice.class).threads).hasSize(1);
		});
	}

	@Test
	void innerChainOfABeanWithoutProxyCallsIt() throws Throwable {
		assertThat(InnerChain.invoke(new Service(), method("plain"), new Object[0])).isEqualTo("plain");
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> InnerChain.invoke(new Service(), method("fails"), new Object[0]));
	}

	@Test
	void innerChainWhenTheMethodFailsThrowsItsException() {
		this.runner.withSystemProperties("offload.worker.socket=/tmp/none")
			.run((context) -> assertThatExceptionOfType(UnsupportedOperationException.class)
				.isThrownBy(() -> InnerChain.invoke(context.getBean("service"), method("fails"), new Object[0])));
	}

	@Test
	void targetIsGivenBackWhenItsItemsAreMade() throws Throwable {
		List<Object> given = new CopyOnWriteArrayList<>();
		TargetSource source = new TargetSource() {

			@Override
			public Class<?> getTargetClass() {
				return Service.class;
			}

			@Override
			public Object getTarget() {
				return new Service();
			}

			@Override
			public void releaseTarget(Object target) {
				given.add(target);
			}

		};
		ProxyFactory factory = new ProxyFactory();
		factory.setTargetSource(source);
		factory.setProxyTargetClass(true);
		Object bean = factory.getProxy();
		Method plain = method("plain");
		Stream<?> items = (Stream<?>) InnerChain.invokeForItems(bean, plain, new Object[0], Stream::of);
		assertThat(items).isNotNull();
		assertThat(given).isEmpty();
		try (items) {
			assertThat(items.toList()).isEqualTo(List.of("plain"));
			assertThat(given).isEmpty();
		}
		assertThat(given).hasSize(1);
		assertThat(InnerChain.invoke(bean, plain, new Object[0])).isEqualTo("plain");
		assertThat(given).hasSize(2);
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> InnerChain.invokeForItems(bean, method("fails"), new Object[0], Stream::of));
		assertThat(given).hasSize(3);
	}

	private static Method method(String name) {
		return Arrays.stream(Service.class.getDeclaredMethods())
			.filter((method) -> method.getName().equals(name))
			.findFirst()
			.orElseThrow();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(proxyTargetClass = true)
	@EnableCaching(proxyTargetClass = true)
	public static class Beans {

		@Bean
		Service service() {
			return new Service();
		}

		@Bean
		Caller caller(Service service) {
			return new Caller(service);
		}

		@Bean
		RecordingTransactions transactions() {
			return new RecordingTransactions();
		}

		@Bean
		CacheManager cacheManager() {
			return new ConcurrentMapCacheManager();
		}

		@Bean
		static RecordingAdvice advice() {
			RecordingAdvice advice = new RecordingAdvice(Service.class);
			advice.setBeforeExistingAdvisors(true);
			return advice;
		}

	}

	/**
	 * Appends an advice, which so stands inside of the transaction's.
	 */
	@Configuration(proxyBeanMethods = false)
	public static class AdviceInside {

		private final List<String> found = new CopyOnWriteArrayList<>();

		@Bean
		static BeanPostProcessor inside(ObjectProvider<AdviceInside> records) {
			MethodInterceptor asking = (invocation) -> {
				boolean inside = TransactionSynchronizationManager.isActualTransactionActive();
				records.getObject().found.add(invocation.getMethod().getName() + (inside ? " inside" : " outside"));
				return invocation.proceed();
			};
			return new InsideAppender(new DefaultPointcutAdvisor(asking));
		}

	}

	public static class InsideAppender implements BeanPostProcessor, Ordered {

		private final Advisor advisor;

		InsideAppender(Advisor advisor) {
			this.advisor = advisor;
		}

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			if (beanName.equals("service")) {
				((Advised) bean).addAdvisor(this.advisor);
			}
			return bean;
		}

		@Override
		public int getOrder() {
			return LOWEST_PRECEDENCE;
		}

	}

	@Validated
	public static class Service {

		@OffloadTo("pool")
		@Transactional
		public String render(@NotBlank String text) {
			boolean transaction = TransactionSynchronizationManager.isActualTransactionActive();
			return text + (transaction ? " in transaction" : " outside");
		}

		@Transactional
		public void ordinary() {
		}

		@OffloadTo("pool")
		@Cacheable("texts")
		public String cached(String text) {
			return text;
		}

		public String plain() {
			return "plain";
		}

		@OffloadTo("pool")
		public void fails() {
			throw new UnsupportedOperationException("fails");
		}

	}

	public static class Caller {

		private final Service service;

		Caller(Service service) {
			this.service = service;
		}

		@Transactional
		public void call() {
			this.service.render("x");
		}

	}

}

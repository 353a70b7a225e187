package dev.narrows.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.narrows", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule jobsKnowNoEngineAndNoConfiguration = noClasses()
            .that()
            .resideInAPackage("dev.narrows.jobs..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.djl..", "com.typesafe.config..", "dev.narrows.torch..");

    @ArchTest
    static final ArchRule resultsAndWhatIsShownKnowNoSpark = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.narrows.jobs",
                    "dev.narrows.jobs.cluster..",
                    "dev.narrows.jobs.command..",
                    "dev.narrows.jobs.executor..",
                    "dev.narrows.jobs.fanout..",
                    "dev.narrows.jobs.latency..",
                    "dev.narrows.jobs.plan..",
                    "dev.narrows.jobs.preflight..",
                    "dev.narrows.jobs.process..",
                    "dev.narrows.jobs.run..",
                    "dev.narrows.jobs.training..",
                    "dev.narrows.jobs.workstation..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.spark..", "scala..");

    @ArchTest
    static final ArchRule theDispatchKnowsNoSparkNoFilesAndNoThreads = noClasses()
            .that()
            .resideInAPackage("dev.narrows.jobs.dispatch..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache..",
                    "scala..",
                    "java.io..",
                    "java.nio..",
                    "java.time..",
                    "java.util.concurrent..",
                    "dev.narrows.files..",
                    "dev.narrows.results..")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule theLoopOfTheFanOutKnowsNoSpark = noClasses()
            .that()
            .haveFullyQualifiedName("dev.narrows.jobs.fanout.FanOut")
            .or()
            .haveFullyQualifiedName("dev.narrows.jobs.fanout.Jobs")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.spark..", "scala..", "dev.narrows.jobs.cluster..");

    @ArchTest
    static final ArchRule coreKnowsNothingOfJobs = noClasses()
            .that()
            .resideOutsideOfPackage("dev.narrows.jobs..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.narrows.jobs..");

    @ArchTest
    static final ArchRule nothingBelowTheCommandLineKnowsIt = noClasses()
            .that()
            .resideInAPackage("dev.narrows.jobs.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.narrows.jobs");

    @ArchTest
    static final ArchRule onlyTheCommandLineKnowsTheCommands = noClasses()
            .that()
            .resideOutsideOfPackages("dev.narrows.jobs", "dev.narrows.jobs.command..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.narrows.jobs.command..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.narrows.jobs.(*)..").should().beFreeOfCycles();
}

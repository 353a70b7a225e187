package dev.narrows;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.narrows.net.Visitor;
import dev.narrows.program.Lowering;

@AnalyzeClasses(packages = "dev.narrows", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule coreKnowsNoSpark =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("org.apache.spark..", "scala..");

    @ArchTest
    static final ArchRule onlyEngineAndTorchKnowDjl = noClasses()
            .that()
            .resideOutsideOfPackages("dev.narrows.engine..", "dev.narrows.torch..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl..");

    @ArchTest
    static final ArchRule onlyStudyReadsConfiguration = noClasses()
            .that()
            .resideOutsideOfPackages("dev.narrows.study.setting", "dev.narrows.study.reading")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.typesafe.config..");

    @ArchTest
    static final ArchRule recordsOfAStudyKnowNeitherTheirSettingsNorTheirReading = noClasses()
            .that()
            .resideInAPackage("dev.narrows.study")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.narrows.study.*..");

    @ArchTest
    static final ArchRule settingsKnowNoReadingOfFiles = noClasses()
            .that()
            .resideInAPackage("dev.narrows.study.setting..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.narrows.study.reading..");

    @ArchTest
    static final ArchRule theNetworkKnowsNothingOfOurs = classes()
            .that()
            .resideInAPackage("dev.narrows.net..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.narrows.net..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule readingsOfGpusNeedNoEngine = classes()
            .that()
            .resideInAPackage("dev.narrows.gpu..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.narrows.gpu..", "java..", "com.sun.jna..", "org.slf4j..", "org.jspecify..");

    @ArchTest
    static final ArchRule programsKnowNoRuntime = noClasses()
            .that()
            .resideInAPackage("dev.narrows.program..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.narrows.torch..", "dev.narrows.onnx..", "dev.narrows.engine..");

    @ArchTest
    static final ArchRule aNetworkIsLoweredInOnePlace = noClasses()
            .that()
            .resideInAnyPackage("dev.narrows.program..", "dev.narrows.torch..", "dev.narrows.onnx..")
            .and()
            .doNotHaveFullyQualifiedName(Lowering.class.getName())
            .should()
            .beAssignableTo(Visitor.class);

    @ArchTest
    static final ArchRule onlyTheEngineWritesTorchScript = noClasses()
            .that()
            .resideOutsideOfPackages("dev.narrows.engine..", "dev.narrows.torch..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.narrows.torch..");

    /** DJL looks for a library that PyTorch's wheels do not have, and counts no GPU without it. */
    @ArchTest
    static final ArchRule gpusAreCountedByTheirDriver = noClasses()
            .should()
            .callMethod(ai.djl.engine.Engine.class, "getGpuCount")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl.util.cuda..");

    @ArchTest
    static final ArchRule theEngineRunsATrialAndKnowsNoPlan = noClasses()
            .that()
            .resideInAPackage("dev.narrows.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.narrows.space..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.narrows.(*)..").should().beFreeOfCycles();
}

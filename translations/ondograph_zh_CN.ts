<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AggregateTr</name>
    <message>
        <source>A table, its time column, a value column and a bucket width are needed to aggregate.</source>
        <translation>聚合需要表、时间列、数值列和桶宽。</translation>
    </message>
</context>
<context>
    <name>AwsAuthorization</name>
    <message>
        <source>The header &quot;Authorization: AWS&quot; holds more than region and service.</source>
        <translation>标头“Authorization: AWS”除了 region 和 service 还含有其他内容。</translation>
    </message>
    <message>
        <source>It reads &quot;Authorization: AWS region:us-east-1 service:lambda&quot;; the keys are the connection&apos;s own.</source>
        <translation>它写作“Authorization: AWS region:us-east-1 service:lambda”；访问密钥取自连接本身。</translation>
    </message>
</context>
<context>
    <name>AwsCommand</name>
    <message>
        <source>The command names no service and operation.</source>
        <translation>命令没有给出服务和操作。</translation>
    </message>
    <message>
        <source>The operation &quot;%1 %2&quot; is not known here.</source>
        <translation>此处不认识操作“%1 %2”。</translation>
    </message>
    <message>
        <source>Read are operations of lambda, of apigateway and of the data APIs.</source>
        <translation>可读取 lambda、apigateway 和各 Data API 的操作。</translation>
    </message>
    <message>
        <source>Left out: %1</source>
        <translation>已略去：%1</translation>
    </message>
    <message>
        <source>The option --%1 needs a value.</source>
        <translation>选项 --%1 需要一个值。</translation>
    </message>
    <message>
        <source>--profile %1: set AWS_PROFILE, or use a connection with this profile.</source>
        <translation>--profile %1：请设置 AWS_PROFILE，或使用带此配置的连接。</translation>
    </message>
    <message>
        <source>Options without effect here: %1</source>
        <translation>此处不起作用的选项：%1</translation>
    </message>
    <message>
        <source>The option --%1 is missing.</source>
        <translation>缺少选项 --%1。</translation>
    </message>
    <message>
        <source>The operation takes no option --%1.</source>
        <translation>该操作没有选项 --%1。</translation>
    </message>
    <message>
        <source>The line names no region: us-east-1 is taken, see @region.</source>
        <translation>命令行没有给出区域：采用 us-east-1，见 @region。</translation>
    </message>
</context>
<context>
    <name>BatchTr</name>
    <message>
        <source>The statement did not run: one before it failed or the batch was stopped.</source>
        <translation>语句没有运行：它之前的某条语句失败，或批处理已停止。</translation>
    </message>
    <message>
        <source>All statements of the batch are one transaction, which was rolled back.</source>
        <translation>批处理的所有语句属于同一个事务，该事务已回滚。</translation>
    </message>
    <message>
        <source>A statement of the batch ran and was rolled back, for a later one failed.</source>
        <translation>批处理中的一条语句已运行但又被回滚，因为后面的语句失败。</translation>
    </message>
    <message>
        <source>The batch holds no statement.</source>
        <translation>批处理中没有语句。</translation>
    </message>
    <message>
        <source>A batch holds at most %1 statements; these are %2.</source>
        <translation>一个批处理最多 %1 条语句；这里有 %2 条。</translation>
    </message>
    <message>
        <source>Run the script statement by statement, or in parts.</source>
        <translation>请逐条运行脚本，或分成几部分运行。</translation>
    </message>
    <message>
        <source>A batch takes SQL only, no requests.</source>
        <translation>批处理只接受 SQL，不接受请求。</translation>
    </message>
</context>
<context>
    <name>CallerTr</name>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
</context>
<context>
    <name>CallsTr</name>
    <message>
        <source>Row %1, &quot;%2&quot;: %3</source>
        <translation>第 %1 行，“%2”：%3</translation>
    </message>
    <message>
        <source>&quot;%1&quot;: %2</source>
        <translation>“%1”：%2</translation>
    </message>
    <message>
        <source>Put a row into %1.%2</source>
        <translation>向 %1.%2 写入一行</translation>
    </message>
    <message>
        <source>Call %1.%2</source>
        <translation>调用 %1.%2</translation>
    </message>
</context>
<context>
    <name>CatalogTr</name>
    <message>
        <source>Tables</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>A path reads DATABASE or DATABASE/TABLE.</source>
        <translation>路径写作 DATABASE 或 DATABASE/TABLE。</translation>
    </message>
    <message>
        <source>A path reads DATABASE/SCHEMA/TABLE; it may also be that the user may not see it.</source>
        <translation>路径写作 DATABASE/SCHEMA/TABLE；也可能是用户无权查看。</translation>
    </message>
    <message>
        <source>There is no &quot;%1&quot; in the catalogue.</source>
        <translation>目录中没有“%1”。</translation>
    </message>
    <message>
        <source>The catalogue of a path&apos;s beginning lists what there is; a slash in a name is written %2F.</source>
        <translation>列出路径前一部分的目录，可以看到现有的内容；名称中的斜杠写作 %2F。</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>内容</translation>
    </message>
</context>
<context>
    <name>Certificate</name>
    <message>
        <source>A fingerprint is the SHA-256 of a certificate: %1 hex digits, with or without colons.</source>
        <translation>指纹是证书的 SHA-256：%1 位十六进制数字，可带或不带冒号。</translation>
    </message>
    <message>
        <source>openssl x509 -noout -fingerprint -sha256 -in FILE prints it.</source>
        <translation>可用 openssl x509 -noout -fingerprint -sha256 -in FILE 得到。</translation>
    </message>
    <message>
        <source>no host</source>
        <translation>没有主机</translation>
    </message>
    <message>
        <source>it expired on %1</source>
        <translation>已于 %1 过期</translation>
    </message>
    <message>
        <source>&quot;%1&quot; in its chain expired on %2</source>
        <translation>其证书链中的“%1”已于 %2 过期</translation>
    </message>
    <message>
        <source>it is not valid before %1 (this computer&apos;s clock says %2)</source>
        <translation>在 %1 之前无效（本机时钟为 %2）</translation>
    </message>
    <message>
        <source>it is self-signed, no authority vouches for it</source>
        <translation>它是自签名的，没有机构为其担保</translation>
    </message>
    <message>
        <source>its issuer is not among the trusted authorities: &quot;%1&quot;</source>
        <translation>其签发者不在受信任的机构之列：“%1”</translation>
    </message>
    <message>
        <source>it is not for &quot;%1&quot; but for %2</source>
        <translation>它不是给“%1”的，而是给 %2 的</translation>
    </message>
    <message>
        <source>it was revoked by its authority</source>
        <translation>它已被签发机构吊销</translation>
    </message>
    <message>
        <source>it is another than the one that this connection accepts</source>
        <translation>它不是此连接所接受的那个证书</translation>
    </message>
</context>
<context>
    <name>CliTr</name>
    <message>
        <source>There is no command, and no folder, named &quot;%1&quot;.</source>
        <translation>没有名为“%1”的命令或文件夹。</translation>
    </message>
    <message>
        <source>Did you mean %1?</source>
        <translation>是否想用 %1？</translation>
    </message>
    <message>
        <source>See: ondograph --help</source>
        <translation>参见：ondograph --help</translation>
    </message>
    <message>
        <source>Ondograph asks databases that are reached by REST, and draws what they say.

Usage: ondograph [WORKSPACE]            the desktop
       ondograph COMMAND [ARGUMENTS]    without a window

Commands:
</source>
        <translation>Ondograph 查询通过 REST 访问的数据库，并把结果画出来。

用法：ondograph [工作区]               桌面
      ondograph 命令 [参数]            无窗口

命令：
</translation>
    </message>
    <message>
        <source>
ondograph COMMAND --help says more. To try:
</source>
        <translation>
ondograph 命令 --help 有更多说明。可以试试：
</translation>
    </message>
    <message>
        <source>Warning: a secret stood in the URL, where other users could see it and the shell&apos;s history keeps it.
Give it by --password-env VAR or --password-stdin instead.
</source>
        <translation>警告：URL 中含有机密，其他用户可能看到，shell 历史也会保留它。
请改用 --password-env VAR 或 --password-stdin。
</translation>
    </message>
    <message>
        <source>No command is given.</source>
        <translation>没有给出命令。</translation>
    </message>
</context>
<context>
    <name>ClientIdentity</name>
    <message>
        <source>Check the files named by cert= and key=, and key_password.</source>
        <translation>请检查 cert= 和 key= 所指的文件，以及 key_password。</translation>
    </message>
    <message>
        <source>The private key in %1 is encrypted.</source>
        <translation>%1 中的私钥已加密。</translation>
    </message>
    <message>
        <source>Give the connection its password: key_password.</source>
        <translation>请给连接提供其密码：key_password。</translation>
    </message>
    <message>
        <source>The password does not open the private key in %1.</source>
        <translation>该密码打不开 %1 中的私钥。</translation>
    </message>
    <message>
        <source>%1 holds no private key in PEM form.</source>
        <translation>%1 中没有 PEM 格式的私钥。</translation>
    </message>
    <message>
        <source>%1 holds no certificate in PEM form.</source>
        <translation>%1 中没有 PEM 格式的证书。</translation>
    </message>
    <message>
        <source>The PKCS#12 file %1 needs its password.</source>
        <translation>PKCS#12 文件 %1 需要密码。</translation>
    </message>
    <message>
        <source>The password does not open the PKCS#12 file %1.</source>
        <translation>该密码打不开 PKCS#12 文件 %1。</translation>
    </message>
    <message>
        <source>The PKCS#12 file %1 holds no certificate with its key.</source>
        <translation>PKCS#12 文件 %1 中没有带私钥的证书。</translation>
    </message>
    <message>
        <source>The file %1 cannot be read.</source>
        <translation>无法读取文件 %1。</translation>
    </message>
    <message>
        <source>%1 is neither PEM nor PKCS#12.</source>
        <translation>%1 既不是 PEM 也不是 PKCS#12。</translation>
    </message>
    <message>
        <source>The key does not belong to the certificate in %1.</source>
        <translation>私钥与 %1 中的证书不匹配。</translation>
    </message>
</context>
<context>
    <name>CommandLine</name>
    <message>
        <source>TARGET [PATH] [OPTIONS]</source>
        <translation>目标 [路径] [选项]</translation>
    </message>
    <message>
        <source>Lists what is in a server, a database or a table: path, kind, type, detail.</source>
        <translation>列出服务器、数据库或表的内容：路径、种类、类型、详情。</translation>
    </message>
    <message>
        <source>Names in PATH are joined by /; a slash in a name is written %2F. A slash at the end asks for the child
tables of a table instead of its columns.</source>
        <translation>路径中的名称以 / 连接；名称中的斜杠写作 %2F。末尾加斜杠则列出
超级表的子表而不是列。</translation>
    </message>
    <message>
        <source>N</source>
        <translation>N</translation>
    </message>
    <message>
        <source>leave out the first N</source>
        <translation>跳过前 N 个</translation>
    </message>
    <message>
        <source>[OPTIONS]</source>
        <translation>[选项]</translation>
    </message>
    <message>
        <source>Lists the connectors that are there, damaged ones too: id, version, state, capabilities, reason.</source>
        <translation>列出现有的连接器（包括损坏的）：标识、版本、状态、能力、原因。</translation>
    </message>
    <message>
        <source>%1 rows, %2 s</source>
        <translation>%1 行，%2 秒</translation>
    </message>
    <message>
        <source>Warning:</source>
        <translation>警告：</translation>
    </message>
    <message>
        <source>Interrupted.</source>
        <translation>已中断。</translation>
    </message>
    <message>
        <source>The result is cut after %1 rows.</source>
        <translation>结果在 %1 行后被截断。</translation>
    </message>
    <message>
        <source>%1 rows affected</source>
        <translation>影响 %1 行</translation>
    </message>
    <message>
        <source>The result is cut at the limit of %1 rows.</source>
        <translation>结果在 %1 行的上限处被截断。</translation>
    </message>
    <message>
        <source>%1 rows are a limit of the server&apos;s: there may be more.</source>
        <translation>%1 行是服务器的上限：可能还有更多。</translation>
    </message>
    <message>
        <source>What came is in %1; %2 is as it was.</source>
        <translation>已收到的内容在 %1；%2 保持原样。</translation>
    </message>
    <message>
        <source>The text holds no statement.</source>
        <translation>文本中没有语句。</translation>
    </message>
    <message>
        <source>--timeout needs a number of seconds (0: none), not &quot;%1&quot;.</source>
        <translation>--timeout 需要秒数（0：不限），而不是“%1”。</translation>
    </message>
    <message>
        <source>--param needs NAME=VALUE, not &quot;%1&quot;.</source>
        <translation>--param 需要 名称=值，而不是“%1”。</translation>
    </message>
    <message>
        <source>TARGET (SQL | - | --file F) [OPTIONS]</source>
        <translation>目标 (SQL | - | --file F) [选项]</translation>
    </message>
    <message>
        <source>Runs statements one after another and prints their results.</source>
        <translation>依次运行语句并输出结果。</translation>
    </message>
    <message>
        <source>The text is split into statements by the dialect&apos;s rules; &quot;-&quot; reads it from standard input. The first
failure ends the run. Exit codes: 0 done, 1 the server states an error, 2 command line, 3 network,
4 log-in, 5 not the dialect&apos;s form, 130 interrupted.</source>
        <translation>文本按方言规则拆分为语句；“-”表示从标准输入读取。第一个失败结束运行。
退出码：0 完成，1 服务器报错，2 命令行，3 网络，
4 登录，5 不符合方言格式，130 被中断。</translation>
    </message>
    <message>
        <source>F</source>
        <translation>F</translation>
    </message>
    <message>
        <source>read the statements from a file</source>
        <translation>从文件读取语句</translation>
    </message>
    <message>
        <source>NAME=VALUE</source>
        <translation>名称=值</translation>
    </message>
    <message>
        <source>a value for a parameter of the statements</source>
        <translation>语句参数的值</translation>
    </message>
    <message>
        <source>S</source>
        <translation>S</translation>
    </message>
    <message>
        <source>seconds without a byte until it is given up (default 300, 0: never)</source>
        <translation>多少秒没有收到字节就放弃（默认 300，0：永不）</translation>
    </message>
    <message>
        <source>end with a line of JSON on standard error: rows, bytes, times, completeness</source>
        <translation>最后向标准错误输出一行 JSON：行数、字节数、时间、完整性</translation>
    </message>
    <message>
        <source>The parameter %1 is given twice.</source>
        <translation>参数 %1 给出了两次。</translation>
    </message>
    <message>
        <source>The statement is given twice: as an argument and by --file.</source>
        <translation>语句给出了两次：作为参数和 --file。</translation>
    </message>
    <message>
        <source>No statement is given.</source>
        <translation>没有给出语句。</translation>
    </message>
    <message>
        <source>Give it as one argument in quotes, as - for standard input, or as --file F.</source>
        <translation>请作为一个带引号的参数给出，或用 - 表示标准输入，或用 --file F。</translation>
    </message>
    <message>
        <source>Standard input holds the password (--password-stdin), so it cannot hold the statements too.</source>
        <translation>标准输入已用于密码（--password-stdin），不能再用于语句。</translation>
    </message>
    <message>
        <source>No statement has a parameter named &quot;%1&quot;.</source>
        <translation>没有语句含有名为“%1”的参数。</translation>
    </message>
    <message>
        <source>In a statement it is written :%1</source>
        <translation>在语句中写作 :%1</translation>
    </message>
    <message>
        <source>There is no format &quot;%1&quot;.</source>
        <translation>没有格式“%1”。</translation>
    </message>
    <message>
        <source>Did you mean %1?</source>
        <translation>是否想用 %1？</translation>
    </message>
    <message>
        <source>Formats: %1</source>
        <translation>格式：%1</translation>
    </message>
    <message>
        <source>The extension of %1 names no format.</source>
        <translation>%1 的扩展名不对应任何格式。</translation>
    </message>
    <message>
        <source>Say which with --format: %1</source>
        <translation>请用 --format 指明：%1</translation>
    </message>
    <message>
        <source>FORMAT</source>
        <translation>格式</translation>
    </message>
    <message>
        <source> (default table)</source>
        <translation> （默认 table）</translation>
    </message>
    <message>
        <source>FILE</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>write there, in the format of its extension; put in place when whole</source>
        <translation>写入该文件，格式取自扩展名；写完后才替换</translation>
    </message>
    <message>
        <source>ZONE</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>print instants in this time zone</source>
        <translation>按此时区输出时间点</translation>
    </message>
    <message>
        <source>NAME</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>the table of INSERT statements (default result)</source>
        <translation>INSERT 语句的表名（默认 result）</translation>
    </message>
    <message>
        <source>print each exchange to standard error, secrets blanked</source>
        <translation>把每次交换输出到标准错误，机密已隐去</translation>
    </message>
    <message>
        <source>--table-name needs a name.</source>
        <translation>--table-name 需要一个名称。</translation>
    </message>
    <message>
        <source>-o needs the name of a file.</source>
        <translation>-o 需要一个文件名。</translation>
    </message>
    <message>
        <source>A workbook is nothing for a terminal.</source>
        <translation>工作簿不能输出到终端。</translation>
    </message>
    <message>
        <source>Give it a file: -o FILE.xlsx</source>
        <translation>请给出文件：-o FILE.xlsx</translation>
    </message>
    <message>
        <source>--password-env and --password-stdin exclude each other.</source>
        <translation>--password-env 与 --password-stdin 不能同时使用。</translation>
    </message>
    <message>
        <source>The environment variable %1 (--password-env) is not set.</source>
        <translation>环境变量 %1（--password-env）未设置。</translation>
    </message>
    <message>
        <source>a connection by name, such as those of the sandbox</source>
        <translation>按名称指定连接，例如沙盒的连接</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>a server by its URL: SCHEME://USER@HOST:PORT/DATABASE</source>
        <translation>按 URL 指定服务器：SCHEME://USER@HOST:PORT/DATABASE</translation>
    </message>
    <message>
        <source>the database, whatever the connection says</source>
        <translation>指定数据库，不管连接如何设置</translation>
    </message>
    <message>
        <source>VAR</source>
        <translation>变量</translation>
    </message>
    <message>
        <source>take the password from an environment variable</source>
        <translation>从环境变量读取密码</translation>
    </message>
    <message>
        <source>take the password from the first line of standard input</source>
        <translation>从标准输入的第一行读取密码</translation>
    </message>
    <message>
        <source>-c and --url exclude each other.</source>
        <translation>-c 与 --url 不能同时使用。</translation>
    </message>
    <message>
        <source>No connection is given (-c NAME or --url URL).</source>
        <translation>没有给出连接（-c NAME 或 --url URL）。</translation>
    </message>
    <message>
        <source>Connections that are always there: %1</source>
        <translation>始终存在的连接：%1</translation>
    </message>
    <message>
        <source>The server has not said in time whether it stopped the statement, which may go on there.</source>
        <translation>服务器未及时告知是否已停止该语句，它可能仍在服务器上运行。</translation>
    </message>
    <message>
        <source>The server could not be asked to stop the statement, which may go on there:</source>
        <translation>无法请求服务器停止该语句，它可能仍在服务器上运行：</translation>
    </message>
    <message>
        <source>stop after N rows (0 and default: none)</source>
        <translation>读取 N 行后停止（0 及默认：不限）</translation>
    </message>
    <message>
        <source>A connection of %1 like this one takes no password.</source>
        <translation>这种 %1 连接不使用密码。</translation>
    </message>
    <message>
        <source>--env is development, test or production, not &quot;%1&quot;.</source>
        <translation>--env 只能是 development、test 或 production，而不是“%1”。</translation>
    </message>
    <message>
        <source>There is a connection named &quot;%1&quot; already; nothing was imported.</source>
        <translation>已有名为“%1”的连接；没有导入任何内容。</translation>
    </message>
    <message>
        <source>--replace puts the imported ones in the place of those that there are.</source>
        <translation>--replace 会用导入的连接替换现有的连接。</translation>
    </message>
    <message>
        <source>Keeps connections by name, for -c NAME: each in a file of its own, without secrets.</source>
        <translation>按名称保存连接，供 -c NAME 使用：每个连接一个文件，不含机密。</translation>
    </message>
    <message>
        <source>G</source>
        <translation>G</translation>
    </message>
    <message>
        <source>add: the group that it stands in</source>
        <translation>add：连接所在的分组</translation>
    </message>
    <message>
        <source>ENVIRONMENT</source>
        <translation>环境</translation>
    </message>
    <message>
        <source>add: development, test or production</source>
        <translation>add：development、test 或 production</translation>
    </message>
    <message>
        <source>add: refuse what may change something</source>
        <translation>add：拒绝可能更改内容的操作</translation>
    </message>
    <message>
        <source>add, import: also where the name is taken</source>
        <translation>add、import：名称已被占用时也照样执行</translation>
    </message>
    <message>
        <source>See: ondograph connections --help</source>
        <translation>参见：ondograph connections --help</translation>
    </message>
    <message>
        <source>It is not said what to do with the connections.</source>
        <translation>没有说明要对连接做什么。</translation>
    </message>
    <message>
        <source>&quot;connections %1&quot; takes another number of names.</source>
        <translation>“connections %1”的名称个数不对。</translation>
    </message>
    <message>
        <source>There is no &quot;connections %1&quot;.</source>
        <translation>没有“connections %1”。</translation>
    </message>
    <message>
        <source>%1 with this statement: %2</source>
        <translation>%1，可用此语句：%2</translation>
    </message>
    <message>
        <source>The connection is read-only, and the statement in line %1 may change something.</source>
        <translation>连接是只读的，而第 %1 行的语句可能会更改内容。</translation>
    </message>
    <message>
        <source>Use another connection for it. What cannot be told to only read counts as a change.</source>
        <translation>请换用其他连接。无法确定为只读的语句一律视为更改。</translation>
    </message>
    <message>
        <source>HOW</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>send the script as one batch: &quot;transaction&quot; (all or none) or &quot;each&quot; (one after another)</source>
        <translation>把脚本作为一个批处理发送：“transaction”（全部成功或全部不执行）或“each”（逐条执行）</translation>
    </message>
    <message>
        <source>--batch is &quot;transaction&quot; or &quot;each&quot;, not &quot;%1&quot;.</source>
        <translation>--batch 只能是“transaction”或“each”，而不是“%1”。</translation>
    </message>
    <message>
        <source>--password-env, --password-command and --password-stdin exclude each other.</source>
        <translation>--password-env、--password-command 和 --password-stdin 互相排斥。</translation>
    </message>
    <message>
        <source>--secret KEY names another secret of the connection.</source>
        <translation>--secret KEY 指定连接的另一个机密。</translation>
    </message>
    <message>
        <source>%1 has no secret named &quot;%2&quot;.</source>
        <translation>%1 没有名为“%2”的机密。</translation>
    </message>
    <message>
        <source>There are: %1</source>
        <translation>可用的有：%1</translation>
    </message>
    <message>
        <source>The password of --password-stdin cannot be kept: %1</source>
        <translation>无法保存 --password-stdin 给出的密码：%1</translation>
    </message>
    <message>
        <source>Nothing was saved. Use --password-env VAR or --password-command COMMAND: the connection then says where its password is found.</source>
        <translation>没有保存任何内容。请使用 --password-env VAR 或 --password-command COMMAND：连接中就会写明密码在哪里。</translation>
    </message>
    <message>
        <source>%1 of the URL is not kept. Say where it is found: connections secret %2 --secret %1 --password-env VAR</source>
        <translation>URL 中的 %1 不会保存。请说明它在哪里：connections secret %2 --secret %1 --password-env VAR</translation>
    </message>
    <message>
        <source>The secret in the URL is not kept. Give --password-stdin (keychain), --password-env VAR or --password-command COMMAND.</source>
        <translation>URL 中的机密不会保存。请给出 --password-stdin（密钥链）、--password-env VAR 或 --password-command COMMAND。</translation>
    </message>
    <message>
        <source>It is not said where the secret is found.</source>
        <translation>没有说明机密在哪里。</translation>
    </message>
    <message>
        <source>Give --password-stdin (keychain), --password-env VAR or --password-command COMMAND.</source>
        <translation>请给出 --password-stdin（密钥链）、--password-env VAR 或 --password-command COMMAND。</translation>
    </message>
    <message>
        <source>The connector &quot;%1&quot; is not there.</source>
        <translation>没有连接器“%1”。</translation>
    </message>
    <message>
        <source>The connection names no command that is not allowed already.</source>
        <translation>该连接没有尚未允许的命令。</translation>
    </message>
    <message>
        <source>Allowed for %1: /bin/sh -c %2</source>
        <translation>已为 %1 允许：/bin/sh -c %2</translation>
    </message>
    <message>
        <source>list | show NAME | add NAME URL | secret NAME | allow NAME | test NAME | remove NAME | export [NAME…] | import FILE</source>
        <translation>list | show NAME | add NAME URL | secret NAME | allow NAME | test NAME | remove NAME | export [NAME…] | import FILE</translation>
    </message>
    <message>
        <source>&quot;test&quot; tries a connection step by step. &quot;export&quot; prints connections as JSON, which &quot;import&quot; reads.
&quot;secret&quot; says where a secret of a connection is found; &quot;allow&quot; shows the commands that a connection
takes secrets from and lets them run from now on.</source>
        <translation>“test”逐步测试一个连接。“export”以 JSON 输出连接，“import”读取它。
“secret”说明连接的机密在哪里；“allow”显示连接取得机密所用的命令，
并允许它们从此运行。</translation>
    </message>
    <message>
        <source>add, secret: the variable that holds the password</source>
        <translation>add、secret：存放密码的变量</translation>
    </message>
    <message>
        <source>COMMAND</source>
        <translation>COMMAND</translation>
    </message>
    <message>
        <source>add, secret: /bin/sh -c COMMAND prints the password on its first line</source>
        <translation>add、secret：/bin/sh -c COMMAND 在第一行输出密码</translation>
    </message>
    <message>
        <source>add, secret: put the password from standard input into the keychain</source>
        <translation>add、secret：把标准输入的密码放入密钥链</translation>
    </message>
    <message>
        <source>KEY</source>
        <translation>KEY</translation>
    </message>
    <message>
        <source>add, secret: which secret of the connection, if not its password</source>
        <translation>add、secret：连接的哪个机密（如果不是密码）</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>The file holds no request.</source>
        <translation>文件中没有请求。</translation>
    </message>
    <message>
        <source>The file has no request named &quot;%1&quot;.</source>
        <translation>文件中没有名为“%1”的请求。</translation>
    </message>
    <message>
        <source>Its requests: %1</source>
        <translation>其中的请求：%1</translation>
    </message>
    <message>
        <source>This is the first of %1 requests (%2); FILE#NAME runs another, -F FILE all.</source>
        <translation>这是 %1 个请求（%2）中的第一个；FILE#NAME 运行另一个，-F FILE 运行全部。</translation>
    </message>
    <message>
        <source>Scripts of other clients are not run; checks can be written as: # @expect status 200</source>
        <translation>其他客户端的脚本不会运行；检查可以写作：# @expect status 200</translation>
    </message>
    <message>
        <source>%1, %2 ms</source>
        <translation>%1，%2 毫秒</translation>
    </message>
    <message>
        <source>Check failed: %1, line %2: %3 (the answer has: %4)</source>
        <translation>检查失败：%1，第 %2 行：%3（应答为：%4）</translation>
    </message>
    <message>
        <source>, checks %1 of %2</source>
        <translation>，检查 %1/%2</translation>
    </message>
    <message>
        <source>FAILED  %1: %2</source>
        <translation>失败    %1：%2</translation>
    </message>
    <message>
        <source>ok      %1: %2</source>
        <translation>通过    %1：%2</translation>
    </message>
    <message>
        <source>%1 requests, %2 failed</source>
        <translation>%1 个请求，%2 个失败</translation>
    </message>
    <message>
        <source>A command line of curl names its own server; -c and --url do not go with it.</source>
        <translation>curl 命令行自带服务器；不能与 -c 和 --url 同用。</translation>
    </message>
    <message>
        <source>-H needs &apos;Name: value&apos;, not &quot;%1&quot;.</source>
        <translation>-H 需要 &apos;Name: value&apos;，而不是“%1”。</translation>
    </message>
    <message>
        <source>-d and --json exclude each other.</source>
        <translation>-d 和 --json 互相排斥。</translation>
    </message>
    <message>
        <source>No request is given.</source>
        <translation>没有给出请求。</translation>
    </message>
    <message>
        <source>More than one request is given.</source>
        <translation>给出了不止一个请求。</translation>
    </message>
    <message>
        <source>Give METHOD and a path or URL, FILE.http, --curl TEXT or -F FILE.http.</source>
        <translation>请给出 METHOD 和路径或 URL、FILE.http、--curl TEXT 或 -F FILE.http。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is neither a request nor a file of requests.</source>
        <translation>“%1”既不是请求，也不是请求文件。</translation>
    </message>
    <message>
        <source>A request is given as METHOD and a path or URL: ondograph request GET https://example.com/</source>
        <translation>请求以 METHOD 加路径或 URL 给出：ondograph request GET https://example.com/</translation>
    </message>
    <message>
        <source>-H, -d and --json go with METHOD and a URL; other requests bring their own.</source>
        <translation>-H、-d 和 --json 与 METHOD 和 URL 同用；其他请求自带这些内容。</translation>
    </message>
    <message>
        <source>[TARGET] (METHOD PATH-OR-URL | FILE.http[#NAME] | --curl TEXT | -F FILE.http) [OPTIONS]</source>
        <translation>[TARGET] (METHOD PATH-OR-URL | FILE.http[#NAME] | --curl TEXT | -F FILE.http) [OPTIONS]</translation>
    </message>
    <message>
        <source>Sends HTTP requests, or shows them as code.</source>
        <translation>发送 HTTP 请求，或把它们显示为代码。</translation>
    </message>
    <message>
        <source>With a TARGET (-c or --url) a path is appended to the connection&apos;s base path and its log-in goes along. The body
goes to standard output as it was received. Exit code 0 for any complete answer; with --fail also the
status counts: 1 an error, 3 not reached, 4 log-in. A check of a file that fails is 1.</source>
        <translation>给出 TARGET（-c 或 --url）时，路径接在连接的基础路径之后，并带上其登录信息。正文
按收到的原样写到标准输出。任何完整的应答退出码均为 0；加 --fail 时状态码
也算数：1 为错误，3 为无法到达，4 为登录。文件中的检查失败为 1。</translation>
    </message>
    <message>
        <source>&apos;NAME: VALUE&apos;</source>
        <translation>&apos;NAME: VALUE&apos;</translation>
    </message>
    <message>
        <source>a header of the request</source>
        <translation>请求的一个标头</translation>
    </message>
    <message>
        <source>DATA|@FILE</source>
        <translation>DATA|@FILE</translation>
    </message>
    <message>
        <source>the body, as it is</source>
        <translation>正文，原样发送</translation>
    </message>
    <message>
        <source>the body, with the headers that JSON asks for</source>
        <translation>正文，并带上 JSON 所需的标头</translation>
    </message>
    <message>
        <source>TEXT</source>
        <translation>TEXT</translation>
    </message>
    <message>
        <source>a command line of curl, as browsers and manuals print it</source>
        <translation>一条 curl 命令行，如浏览器和手册所给出的</translation>
    </message>
    <message>
        <source>run all requests of a .http file, with a summary</source>
        <translation>运行 .http 文件中的所有请求，并给出汇总</translation>
    </message>
    <message>
        <source>the environment of http-client.env.json that gives variables their values</source>
        <translation>http-client.env.json 中给变量赋值的环境</translation>
    </message>
    <message>
        <source>print status and headers before the body</source>
        <translation>在正文之前输出状态和标头</translation>
    </message>
    <message>
        <source>let the status decide on the exit code</source>
        <translation>由状态码决定退出码</translation>
    </message>
    <message>
        <source>send nothing; print the request as JSON</source>
        <translation>不发送；以 JSON 输出请求</translation>
    </message>
    <message>
        <source>FORM</source>
        <translation>FORM</translation>
    </message>
    <message>
        <source>send nothing; print it as curl, powershell, cmd, http, httpie, python, javascript, node, go, java, csharp or cpp</source>
        <translation>不发送；输出为 curl、powershell、cmd、http、httpie、python、javascript、node、go、java、csharp 或 cpp</translation>
    </message>
    <message>
        <source>print log-ins with --dry-run and --as</source>
        <translation>在 --dry-run 和 --as 的输出中显示登录信息</translation>
    </message>
    <message>
        <source>A request cannot be written as &quot;%1&quot;.</source>
        <translation>请求不能写成“%1”。</translation>
    </message>
    <message>
        <source>Forms: %1</source>
        <translation>可用的形式：%1</translation>
    </message>
    <message>
        <source>The connection sends no request for this.</source>
        <translation>该连接不会为此发送请求。</translation>
    </message>
    <message>
        <source>The connection logs in first: this is its log-in. What the answer adds to the request is not known before.</source>
        <translation>该连接先登录：这是它的登录请求。应答会给请求加上什么，事先无法得知。</translation>
    </message>
    <message>
        <source>request</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>The connection is read-only, and this request may change something.</source>
        <translation>连接是只读的，而此请求可能会更改数据。</translation>
    </message>
    <message>
        <source>Use another connection for it. Of requests only GET, HEAD and OPTIONS are sent.</source>
        <translation>请使用另一个连接。只读连接只发送 GET、HEAD 和 OPTIONS 请求。</translation>
    </message>
    <message>
        <source>The connection&apos;s session ended without an answer.</source>
        <translation>连接的会话没有应答就结束了。</translation>
    </message>
</context>
<context>
    <name>ConnectionDraft</name>
    <message>
        <source>This setting is not known here.</source>
        <translation>此处不认识这一设置。</translation>
    </message>
    <message>
        <source>This is needed.</source>
        <translation>此项必填。</translation>
    </message>
    <message>
        <source>A whole number is expected.</source>
        <translation>应为整数。</translation>
    </message>
    <message>
        <source>A port is a number from 1 to 65535.</source>
        <translation>端口是 1 到 65535 之间的数。</translation>
    </message>
    <message>
        <source>A connection needs a name.</source>
        <translation>连接需要一个名称。</translation>
    </message>
    <message>
        <source>A name has 1 to %1 bytes; those that start with &quot;sandbox/&quot; are built in.</source>
        <translation>名称长度为 1 到 %1 字节；以“sandbox/”开头的是内置连接。</translation>
    </message>
    <message>
        <source>A reference reads ${env:NAME} or ${command:…}.</source>
        <translation>引用写作 ${env:NAME} 或 ${command:…}。</translation>
    </message>
</context>
<context>
    <name>ConnectionForm</name>
    <message>
        <source>Certificate authority</source>
        <translation>证书机构</translation>
    </message>
    <message>
        <source>PEM file; empty: those of the system</source>
        <translation>PEM 文件；为空：使用系统的</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>客户端证书</translation>
    </message>
    <message>
        <source>PEM file, or PKCS#12</source>
        <translation>PEM 文件，或 PKCS#12</translation>
    </message>
    <message>
        <source>Its key</source>
        <translation>其私钥</translation>
    </message>
    <message>
        <source>PEM file; empty: in the certificate&apos;s</source>
        <translation>PEM 文件；为空：在证书文件中</translation>
    </message>
    <message>
        <source>Password of the key</source>
        <translation>私钥的密码</translation>
    </message>
    <message>
        <source>Server name</source>
        <translation>服务器名称</translation>
    </message>
    <message>
        <source>In place of the host, when the certificate is checked</source>
        <translation>检查证书时代替主机名</translation>
    </message>
    <message>
        <source>Accepted certificate</source>
        <translation>接受的证书</translation>
    </message>
    <message>
        <source>SHA-256 of the one certificate that is accepted</source>
        <translation>所接受的那一个证书的 SHA-256</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>none, system, http://HOST:PORT or socks5://HOST:PORT</source>
        <translation>none、system、http://HOST:PORT 或 socks5://HOST:PORT</translation>
    </message>
    <message>
        <source>Password for the proxy</source>
        <translation>代理的密码</translation>
    </message>
    <message>
        <source>Time to connect</source>
        <translation>连接时限</translation>
    </message>
    <message>
        <source>Seconds at most</source>
        <translation>最多秒数</translation>
    </message>
    <message>
        <source>Largest answer</source>
        <translation>最大应答</translation>
    </message>
    <message>
        <source>Bytes; empty: no limit</source>
        <translation>字节；为空：不限</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>重试次数</translation>
    </message>
    <message>
        <source>Of requests that are safe to repeat</source>
        <translation>仅对可以安全重复的请求</translation>
    </message>
</context>
<context>
    <name>ConnectionService</name>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>There is a connection named &quot;%1&quot; already; nothing was imported.</source>
        <translation>已有名为“%1”的连接；没有导入任何内容。</translation>
    </message>
    <message>
        <source>Rename one of the two first.</source>
        <translation>请先给其中一个改名。</translation>
    </message>
    <message>
        <source>The connection &quot;%1&quot; has no password here, and none was given.</source>
        <translation>连接“%1”在此没有密码，也没有给出密码。</translation>
    </message>
    <message>
        <source>Nothing was sent.</source>
        <translation>没有发送任何内容。</translation>
    </message>
</context>
<context>
    <name>ConnectionStore</name>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be the name of a connection.</source>
        <translation>“%1”不能用作连接名称。</translation>
    </message>
    <message>
        <source>A name has 1 to %1 bytes; those that start with &quot;sandbox/&quot; are built in.</source>
        <translation>名称长度为 1 到 %1 字节；以“sandbox/”开头的是内置连接。</translation>
    </message>
    <message>
        <source>There is a connection named &quot;%1&quot; already.</source>
        <translation>已有名为“%1”的连接。</translation>
    </message>
    <message>
        <source>Give another name, or --replace.</source>
        <translation>请换一个名称，或使用 --replace。</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>%1 cannot be removed: %2</source>
        <translation>无法删除 %1：%2</translation>
    </message>
</context>
<context>
    <name>Connections</name>
    <message>
        <source>There is no connection named &quot;%1&quot;.</source>
        <translation>没有名为“%1”的连接。</translation>
    </message>
    <message>
        <source>Known connections: %1. A server can also be given by its URL (--url).</source>
        <translation>已知连接：%1。也可以用 URL 指定服务器（--url）。</translation>
    </message>
    <message>
        <source>The connection &quot;%1&quot; needs the connector &quot;%2&quot;, which is not there.</source>
        <translation>连接“%1”需要连接器“%2”，但该连接器不存在。</translation>
    </message>
    <message>
        <source>The command &quot;connectors&quot; lists what there is.</source>
        <translation>命令“connectors”列出现有的连接器。</translation>
    </message>
</context>
<context>
    <name>ConnectionsTr</name>
    <message>
        <source>The file %1, named by %2= of the connection, cannot be read.</source>
        <translation>连接中 %2= 所指的文件 %1 无法读取。</translation>
    </message>
    <message>
        <source>Check its name; it is looked up from the folder where the program was started.</source>
        <translation>请检查文件名；相对路径从程序启动时的目录算起。</translation>
    </message>
</context>
<context>
    <name>CopyFormatTr</name>
    <message>
        <source>Copying was stopped.</source>
        <translation>复制已停止。</translation>
    </message>
    <message>
        <source>The selection is too large for the clipboard: more than %1 million characters.</source>
        <translation>选区过大，无法放入剪贴板：超过 %1 百万个字符。</translation>
    </message>
    <message>
        <source>Select less, or export the result to a file.</source>
        <translation>请少选一些，或把结果导出到文件。</translation>
    </message>
</context>
<context>
    <name>CopyTr</name>
    <message>
        <source>The selection is too large for the clipboard: more than %1 million characters.</source>
        <translation>选区过大，无法放入剪贴板：超过 %1 百万个字符。</translation>
    </message>
    <message>
        <source>Select less, or export the result to a file.</source>
        <translation>请少选一些，或把结果导出到文件。</translation>
    </message>
    <message>
        <source>Copying was stopped.</source>
        <translation>复制已停止。</translation>
    </message>
    <message>
        <source>Tabs (for spreadsheets)</source>
        <translation>制表符（用于电子表格）</translation>
    </message>
    <message>
        <source>HTML table</source>
        <translation>HTML 表格</translation>
    </message>
    <message>
        <source>INSERT statements</source>
        <translation>INSERT 语句</translation>
    </message>
    <message>
        <source>List for IN (…)</source>
        <translation>IN (…) 列表</translation>
    </message>
</context>
<context>
    <name>CurlCommand</name>
    <message>
        <source>This is not a command line of curl.</source>
        <translation>这不是 curl 的命令行。</translation>
    </message>
    <message>
        <source>It begins with the word curl.</source>
        <translation>它以 curl 一词开头。</translation>
    </message>
    <message>
        <source>The command line names no URL.</source>
        <translation>命令行没有给出 URL。</translation>
    </message>
    <message>
        <source>Options of curl that have no effect here: %1</source>
        <translation>此处不起作用的 curl 选项：%1</translation>
    </message>
    <message>
        <source>The time &quot;%1&quot; of -z is not understood and was left out.</source>
        <translation>不理解 -z 的时间“%1”，已略去。</translation>
    </message>
    <message>
        <source>The quote %1 is not closed.</source>
        <translation>引号 %1 没有闭合。</translation>
    </message>
    <message>
        <source>A form field reads name=content.</source>
        <translation>表单字段写作 name=content。</translation>
    </message>
    <message>
        <source>Forms within forms are not read.</source>
        <translation>不读取嵌套的表单。</translation>
    </message>
    <message>
        <source>encoder= of a form field is not read; write the content as it is to be sent.</source>
        <translation>不读取表单字段的 encoder=；请按要发送的样子写内容。</translation>
    </message>
    <message>
        <source>The pattern stands for more than %1 URLs.</source>
        <translation>该模式代表的 URL 超过 %1 个。</translation>
    </message>
    <message>
        <source>The bracket %1 of the URL closes nothing.</source>
        <translation>URL 中的括号 %1 没有对应的开括号。</translation>
    </message>
    <message>
        <source>The set {} of the URL is empty.</source>
        <translation>URL 中的集合 {} 是空的。</translation>
    </message>
    <message>
        <source>The patterns of the URL stand within each other.</source>
        <translation>URL 中的模式互相嵌套。</translation>
    </message>
    <message>
        <source>The bracket %1 of the URL is not closed.</source>
        <translation>URL 中的括号 %1 没有闭合。</translation>
    </message>
    <message>
        <source>[%1] is not a range of the form [1-3] or [a-z:2].</source>
        <translation>[%1] 不是 [1-3] 或 [a-z:2] 形式的范围。</translation>
    </message>
    <message>
        <source>Put it behind the options, in quotes.</source>
        <translation>请放在选项之后，并加引号。</translation>
    </message>
    <message>
        <source>The option %1 may stand for several.</source>
        <translation>选项 %1 可能代表好几个选项。</translation>
    </message>
    <message>
        <source>Write it in full.</source>
        <translation>请写全。</translation>
    </message>
    <message>
        <source>-C - goes on behind a file that is there already; here the whole is asked for.</source>
        <translation>-C - 是接着已有文件继续下载；这里请求的是全部。</translation>
    </message>
    <message>
        <source>--max-redirs needs a whole number, not &quot;%1&quot;.</source>
        <translation>--max-redirs 需要整数，而不是“%1”。</translation>
    </message>
    <message>
        <source>A number of seconds is due here, not &quot;%1&quot;.</source>
        <translation>此处应为秒数，而不是“%1”。</translation>
    </message>
    <message>
        <source>The URL holds a blank or a control character, which curl refuses.</source>
        <translation>URL 含有空格或控制字符，curl 会拒绝。</translation>
    </message>
    <message>
        <source>Write a blank as %20.</source>
        <translation>空格请写作 %20。</translation>
    </message>
    <message>
        <source>The user part of the URL is not percent-encoded.</source>
        <translation>URL 的用户部分没有百分号编码。</translation>
    </message>
    <message>
        <source>Only signatures of the provider &quot;aws:amz&quot; are made.</source>
        <translation>只支持提供者“aws:amz”的签名。</translation>
    </message>
</context>
<context>
    <name>CurlCommandTr</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>a secret in the URL, percent-encoded</source>
        <translation>URL 中的机密，百分号编码</translation>
    </message>
    <message>
        <source>the value of the header %1</source>
        <translation>标头 %1 的值</translation>
    </message>
</context>
<context>
    <name>CurlGlobTr</name>
    <message>
        <source>In a URL curl reads [1-3] and {a,b} as patterns. Write \[ for the character, or give -g (--globoff).</source>
        <translation>curl 把 URL 中的 [1-3] 和 {a,b} 当作模式。字符本身请写作 \[，或使用 -g（--globoff）。</translation>
    </message>
</context>
<context>
    <name>CurlOptionsTr</name>
    <message>
        <source>curl has no option %1.</source>
        <translation>curl 没有选项 %1。</translation>
    </message>
    <message>
        <source>curl takes no = between an option and its value: put a blank there.</source>
        <translation>curl 的选项与值之间不用 =：请用空格。</translation>
    </message>
    <message>
        <source>A text that begins with - and is no option stands behind --, or is the value of an option.</source>
        <translation>以 - 开头而不是选项的文本要放在 -- 之后，或作为某个选项的值。</translation>
    </message>
    <message>
        <source>The option %1 needs a value.</source>
        <translation>选项 %1 需要一个值。</translation>
    </message>
</context>
<context>
    <name>CurlRequestTr</name>
    <message>
        <source>The options ask for two kinds of request at once.</source>
        <translation>这些选项同时要求两种请求。</translation>
    </message>
    <message>
        <source>Only one of -d, -F, -T and -I decides on the body; with -G the data goes into the URL.</source>
        <translation>-d、-F、-T 和 -I 中只能有一个决定正文；加 -G 时数据写入 URL。</translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <source>The desktop takes one argument, the folder of a workspace. &quot;ondograph --help&quot; lists the commands.</source>
        <translation>桌面只接受一个参数，即工作区文件夹。“ondograph --help”列出命令。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is neither a command nor a folder. &quot;ondograph --help&quot; lists the commands.</source>
        <translation>“%1”既不是命令也不是文件夹。“ondograph --help”列出命令。</translation>
    </message>
</context>
<context>
    <name>Diagnosis</name>
    <message>
        <source>The connection does not say where its server is.</source>
        <translation>连接没有说明服务器在哪里。</translation>
    </message>
    <message>
        <source>There is no connector &quot;%1&quot;.</source>
        <translation>没有连接器“%1”。</translation>
    </message>
</context>
<context>
    <name>DiagnosisExplanation</name>
    <message>
        <source>Port %1 is that of %2.</source>
        <translation>端口 %1 是 %2 的端口。</translation>
    </message>
    <message>
        <source>This connection uses port %1; %3 listens at %2 by default.</source>
        <translation>此连接使用端口 %1；%3 默认监听 %2。</translation>
    </message>
    <message>
        <source>Check that the service runs on that host, and its port.</source>
        <translation>请检查服务是否在该主机上运行，以及它的端口。</translation>
    </message>
    <message>
        <source>The clocks agree.</source>
        <translation>时钟一致。</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>The server&apos;s clock is %1 ahead of this computer&apos;s.</source>
        <translation>服务器的时钟比本机快 %1。</translation>
    </message>
    <message>
        <source>The server&apos;s clock is %1 behind this computer&apos;s.</source>
        <translation>服务器的时钟比本机慢 %1。</translation>
    </message>
</context>
<context>
    <name>DiagnosisNetwork</name>
    <message>
        <source>expired on %1</source>
        <translation>已于 %1 过期</translation>
    </message>
    <message numerus="yes">
        <source>valid until %1 (%n day(s) left)</source>
        <translation>
            <numerusform>有效期至 %1（还剩 %n 天）</numerusform>
        </translation>
    </message>
    <message>
        <source>, to be renewed soon</source>
        <translation>，请尽快更新</translation>
    </message>
    <message>
        <source>certificate %1</source>
        <translation>证书 %1</translation>
    </message>
    <message>
        <source>accepted for this connection by its fingerprint</source>
        <translation>已按指纹为此连接接受</translation>
    </message>
    <message>
        <source>An address is given: %1</source>
        <translation>给出的是地址：%1</translation>
    </message>
    <message>
        <source>Of the proxy, which looks up the server&apos;s. </source>
        <translation>这是代理的地址，由代理解析服务器的名称。 </translation>
    </message>
    <message>
        <source>%1 (%2), the proxy on the way to %3</source>
        <translation>%1（%2），通往 %3 的代理</translation>
    </message>
    <message>
        <source>This is the connection&apos;s proxy: check its address, or take it out of the connection to reach the server directly.</source>
        <translation>这是连接的代理：请检查其地址，或从连接中去掉它以直接连接服务器。</translation>
    </message>
    <message>
        <source>Connected to %1 from %2</source>
        <translation>已从 %2 连接到 %1</translation>
    </message>
    <message>
        <source>The connection is plain: what is sent, a password too, can be read on the way.</source>
        <translation>连接未加密：发送的内容（包括密码）可能在途中被读取。</translation>
    </message>
</context>
<context>
    <name>DiagnosisRecognition</name>
    <message>
        <source>who answers here</source>
        <translation>在此应答的是谁</translation>
    </message>
</context>
<context>
    <name>DiagnosisSession</name>
    <message>
        <source>The catalogue is empty.</source>
        <translation>目录是空的。</translation>
    </message>
    <message numerus="yes">
        <source>%n object(s): %1</source>
        <translation>
            <numerusform>%n 个对象：%1</numerusform>
        </translation>
    </message>
    <message>
        <source>, server: %1</source>
        <translation>，服务器：%1</translation>
    </message>
    <message>
        <source>, through the proxy %1</source>
        <translation>，经代理 %1</translation>
    </message>
    <message>
        <source>The connection has no log-in, and the server asks for none.</source>
        <translation>连接没有登录信息，服务器也不要求。</translation>
    </message>
    <message>
        <source>The server accepts the log-in.</source>
        <translation>服务器接受了登录。</translation>
    </message>
    <message>
        <source>The server accepts the log-in of &quot;%1&quot;.</source>
        <translation>服务器接受了“%1”的登录。</translation>
    </message>
    <message>
        <source>The port accepts connections and stays silent: the service behind it hangs, or it speaks another protocol than HTTP. Look at its log, and at the port.</source>
        <translation>端口接受连接但保持沉默：其后的服务卡住了，或使用的不是 HTTP。请查看其日志和端口。</translation>
    </message>
    <message>
        <source>It is not the server that was thought.</source>
        <translation>这不是所以为的那个服务器。</translation>
    </message>
    <message>
        <source>A web page came in place of the database&apos;s answer (HTTP %1%2%3).</source>
        <translation>收到的不是数据库的应答，而是网页（HTTP %1%2%3）。</translation>
    </message>
    <message>
        <source>A proxy, a log-in page of the network or another web server answers for %1. Check host, port and the connection&apos;s proxy.</source>
        <translation>在 %1 应答的是代理、网络登录页或其他网页服务器。请检查主机、端口和连接的代理。</translation>
    </message>
    <message>
        <source>What answers at %1 is %2, not %3.</source>
        <translation>在 %1 应答的是 %2，不是 %3。</translation>
    </message>
    <message>
        <source>Make a connection of the kind %1 to it, or check the port: %2 listens at %3 by default.</source>
        <translation>请为它新建 %1 类型的连接，或检查端口：%2 默认监听 %3。</translation>
    </message>
    <message>
        <source>%1 does not tell its version.</source>
        <translation>%1 没有说明其版本。</translation>
    </message>
    <message>
        <source>%1; the server does not tell its version.</source>
        <translation>%1；服务器没有说明其版本。</translation>
    </message>
    <message>
        <source>The server does not say what time it has.</source>
        <translation>服务器没有说明它的时间。</translation>
    </message>
    <message>
        <source>Signatures hold for %1 min around the server&apos;s time: set this computer&apos;s clock (timedatectl set-ntp true).</source>
        <translation>签名只在服务器时间前后 %1 分钟内有效：请校准本机时钟（timedatectl set-ntp true）。</translation>
    </message>
    <message>
        <source>Nothing is known that could be asked for.</source>
        <translation>不知道可以查询什么。</translation>
    </message>
</context>
<context>
    <name>DiagnosisSteps</name>
    <message>
        <source>Certificate: %1, issued by %2, valid %3 to %4</source>
        <translation>证书：%1，由 %2 签发，有效期 %3 至 %4</translation>
    </message>
    <message>
        <source>Connection&apos;s settings</source>
        <translation>连接的设置</translation>
    </message>
    <message>
        <source>Host name</source>
        <translation>主机名</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>TCP connection</source>
        <translation>TCP 连接</translation>
    </message>
    <message>
        <source>TLS and certificate</source>
        <translation>TLS 和证书</translation>
    </message>
    <message>
        <source>HTTP answer</source>
        <translation>HTTP 应答</translation>
    </message>
    <message>
        <source>Log-in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Server and version</source>
        <translation>服务器和版本</translation>
    </message>
    <message>
        <source>Clocks</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>First statement</source>
        <translation>第一条语句</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>Test of the connection %1</source>
        <translation>连接 %1 的测试</translation>
    </message>
</context>
<context>
    <name>DisplayTr</name>
    <message>
        <source>There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY leads to one).</source>
        <translation>没有可以打开窗口的显示（DISPLAY 和 WAYLAND_DISPLAY 都不可用）。</translation>
    </message>
    <message>
        <source>The display %1 cannot be reached, so no window can be opened.</source>
        <translation>无法连接显示 %1，因此不能打开窗口。</translation>
    </message>
    <message>
        <source>Everything also runs without a window. Three commands to try:</source>
        <translation>所有功能也可以不用窗口运行。可以试试这三条命令：</translation>
    </message>
</context>
<context>
    <name>DocumentFile</name>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>%1 is too large to edit.</source>
        <translation>%1 太大，无法编辑。</translation>
    </message>
    <message>
        <source>Files of up to 64 MB are opened.</source>
        <translation>最大可打开 64 MB 的文件。</translation>
    </message>
    <message>
        <source>%1 is not a text in UTF-8.</source>
        <translation>%1 不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>Convert it to UTF-8 first; nothing was changed.</source>
        <translation>请先将其转换为 UTF-8；文件未作任何改动。</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>The text is kept in this tab. Save it under another name.</source>
        <translation>文本仍保留在此标签页中。请另存为其他名称。</translation>
    </message>
</context>
<context>
    <name>Environment</name>
    <message>
        <source>production</source>
        <translation>生产</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>development</source>
        <translation>开发</translation>
    </message>
    <message>
        <source>What changes something on this connection is asked for twice.</source>
        <translation>在此连接上，更改数据之前会再次询问。</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>只读</translation>
    </message>
</context>
<context>
    <name>EnvironmentTr</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>The file reads {&quot;development&quot;: {&quot;host&quot;: &quot;example.com&quot;}, …}.</source>
        <translation>文件的形式是 {&quot;development&quot;: {&quot;host&quot;: &quot;example.com&quot;}, …}。</translation>
    </message>
</context>
<context>
    <name>Error</name>
    <message>
        <source>The server says: [%1] %2</source>
        <translation>服务器说：[%1] %2</translation>
    </message>
    <message>
        <source>The server&apos;s code: %1</source>
        <translation>服务器代码：%1</translation>
    </message>
    <message>
        <source>The server says: %1</source>
        <translation>服务器说：%1</translation>
    </message>
    <message>
        <source>HTTP status %1</source>
        <translation>HTTP 状态 %1</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>column %1</source>
        <translation>第 %1 列</translation>
    </message>
    <message>
        <source>byte %1</source>
        <translation>第 %1 字节</translation>
    </message>
    <message>
        <source>row %1</source>
        <translation>第 %1 行（结果）</translation>
    </message>
    <message>
        <source>At %1</source>
        <translation>位置：%1</translation>
    </message>
    <message>
        <source>The statement may have run: the connection was lost before the answer came.</source>
        <translation>语句可能已经运行：连接在收到应答之前断开。</translation>
    </message>
</context>
<context>
    <name>ErrorsTr</name>
    <message>
        <source>The server refuses the log-in.</source>
        <translation>服务器拒绝登录。</translation>
    </message>
    <message>
        <source>The statement failed.</source>
        <translation>语句失败。</translation>
    </message>
    <message>
        <source>The server reports an error.</source>
        <translation>服务器报告错误。</translation>
    </message>
    <message>
        <source>The server is busy; try again later.</source>
        <translation>服务器忙，请稍后再试。</translation>
    </message>
    <message>
        <source>The log-in is refused.</source>
        <translation>登录被拒绝。</translation>
    </message>
    <message>
        <source>The database server was not reached: something before it answered.</source>
        <translation>没有到达数据库服务器：由它前面的某个程序应答。</translation>
    </message>
    <message>
        <source>The server refuses the request.</source>
        <translation>服务器拒绝请求。</translation>
    </message>
    <message>
        <source>The answer is not in TDengine&apos;s form.</source>
        <translation>应答不符合 TDengine 的格式。</translation>
    </message>
    <message>
        <source>The answer is a redirect to %1.</source>
        <translation>应答重定向到 %1。</translation>
    </message>
    <message>
        <source>A proxy on the way wants a log-in: see &quot;proxy&quot; of the connection.</source>
        <translation>途中的代理要求登录：参见连接的“proxy”。</translation>
    </message>
    <message>
        <source>The server refuses this address or this statement: ask who administers it.</source>
        <translation>服务器拒绝此地址或此语句：请询问管理员。</translation>
    </message>
    <message>
        <source>Check user, password and kind of log-in of the connection.</source>
        <translation>请检查连接的用户、密码和登录方式。</translation>
    </message>
    <message>
        <source>Choose a database (in the URL: …/DATABASE) or write DATABASE.TABLE; a database that does not exist is reported like this too.</source>
        <translation>请选择数据库（URL 中：…/DATABASE）或写作 DATABASE.TABLE；数据库不存在时也是这个错误。</translation>
    </message>
    <message>
        <source>SHOW DATABASES lists those that there are.</source>
        <translation>SHOW DATABASES 列出现有的数据库。</translation>
    </message>
    <message>
        <source>Check the database, and write names with capital letters in backticks: without them they are read in lower case.</source>
        <translation>请检查数据库；含大写字母的名称要用反引号，否则按小写读取。</translation>
    </message>
    <message>
        <source>Check the time zone of the connection (tz): a name such as Asia/Shanghai is expected.</source>
        <translation>请检查连接的时区（tz）：应为 Asia/Shanghai 之类的名称。</translation>
    </message>
    <message>
        <source>There is no TDengine REST interface at this address: check host and port (6041 is usual).</source>
        <translation>此地址没有 TDengine REST 接口：请检查主机和端口（通常为 6041）。</translation>
    </message>
    <message>
        <source>The answer points to another address: use that one in the connection if it is right.</source>
        <translation>应答指向另一个地址：如果正确，请在连接中使用它。</translation>
    </message>
    <message>
        <source>This is a web page, of a proxy or another server: check host, port and proxy of the connection.</source>
        <translation>这是代理或其他服务器的网页：请检查连接的主机、端口和代理。</translation>
    </message>
    <message>
        <source>Check that TDengine&apos;s REST interface answers at this host and port.</source>
        <translation>请检查 TDengine 的 REST 接口是否在此主机和端口应答。</translation>
    </message>
    <message>
        <source>The server has no such path; statements go to /api/v2/sql, which single-node instances do not offer.</source>
        <translation>服务器没有此路径；语句发送到 /api/v2/sql，单节点实例不提供该路径。</translation>
    </message>
    <message>
        <source>The answer is not in Lindorm&apos;s form.</source>
        <translation>应答不符合 Lindorm 的格式。</translation>
    </message>
    <message>
        <source>The service was not reached: something before it answered.</source>
        <translation>没有到达服务：应答来自它前面的某个环节。</translation>
    </message>
    <message>
        <source>The answer is not in the form of the Redshift Data API.</source>
        <translation>应答不符合 Redshift Data API 的格式。</translation>
    </message>
    <message>
        <source>AWS denies access.</source>
        <translation>AWS 拒绝访问。</translation>
    </message>
    <message>
        <source>AWS refuses the log-in.</source>
        <translation>AWS 拒绝登录。</translation>
    </message>
    <message>
        <source>The service reports an error.</source>
        <translation>服务报告错误。</translation>
    </message>
    <message>
        <source>Without a schema only those of search_path are looked in: write SCHEMA.TABLE or DATABASE.SCHEMA.TABLE.</source>
        <translation>不写模式时，只在 search_path 的模式中查找：请写 SCHEMA.TABLE 或 DATABASE.SCHEMA.TABLE。</translation>
    </message>
    <message>
        <source>The gateway does not take this request: wrong path, method or stage – or missing signature.</source>
        <translation>网关不接受此请求：路径、方法或阶段有误，或者缺少签名。</translation>
    </message>
    <message>
        <source>It was signed, so that path, method (%1) or stage are wrong.</source>
        <translation>请求已签名，因此是路径、方法（%1）或阶段有误。</translation>
    </message>
    <message>
        <source>Check the path, the method (%1) and the stage in the connection&apos;s URL; an API with IAM log-in wants auth=sigv4.</source>
        <translation>请检查连接 URL 中的路径、方法（%1）和阶段；使用 IAM 登录的 API 需要 auth=sigv4。</translation>
    </message>
    <message>
        <source>Access is refused.</source>
        <translation>访问被拒绝。</translation>
    </message>
    <message>
        <source>The API was not reached: something before it answered.</source>
        <translation>没有到达 API：应答来自它前面的某个环节。</translation>
    </message>
    <message>
        <source>Check host, port and proxy of the connection.</source>
        <translation>请检查连接的主机、端口和代理。</translation>
    </message>
    <message>
        <source>The API refuses the request.</source>
        <translation>API 拒绝请求。</translation>
    </message>
    <message>
        <source>The API reports an error (HTTP %1).</source>
        <translation>API 报告错误（HTTP %1）。</translation>
    </message>
    <message>
        <source>What the request changes may have been changed all the same.</source>
        <translation>即便如此，请求所做的更改仍可能已经生效。</translation>
    </message>
    <message>
        <source>The function behind the API failed.</source>
        <translation>API 背后的函数失败。</translation>
    </message>
    <message>
        <source>The function answers with status %1.</source>
        <translation>函数以状态 %1 应答。</translation>
    </message>
    <message>
        <source>This is a web page: check host, stage and proxy of the connection.</source>
        <translation>这是一个网页：请检查连接的主机、阶段和代理。</translation>
    </message>
</context>
<context>
    <name>ExchangeTr</name>
    <message>
        <source>, kept connection</source>
        <translation>，沿用的连接</translation>
    </message>
    <message>
        <source>name</source>
        <translation>域名</translation>
    </message>
    <message>
        <source>connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>first byte</source>
        <translation>首字节</translation>
    </message>
    <message>
        <source>end</source>
        <translation>结束</translation>
    </message>
    <message>
        <source># %1 bytes in all, shown from the start</source>
        <translation># 共 %1 字节，从头显示</translation>
    </message>
    <message>
        <source># %1 bytes compressed</source>
        <translation># 压缩后 %1 字节</translation>
    </message>
    <message>
        <source># ms:%1</source>
        <translation># 毫秒：%1</translation>
    </message>
    <message>
        <source>, certificate of &quot;%1&quot;</source>
        <translation>，“%1”的证书</translation>
    </message>
    <message>
        <source>, accepted by its fingerprint alone</source>
        <translation>，仅按其指纹接受</translation>
    </message>
</context>
<context>
    <name>ExplanationTr</name>
    <message>
        <source>%1 speaks plain HTTP, and the connection asks for HTTPS.</source>
        <translation>%1 使用未加密的 HTTP，而连接要求 HTTPS。</translation>
    </message>
    <message>
        <source>%1 speaks plain HTTP (%2), and the connection asks for HTTPS.</source>
        <translation>%1 使用未加密的 HTTP（%2），而连接要求 HTTPS。</translation>
    </message>
    <message>
        <source>Set the connection&apos;s transport to http (SCHEME+http://…) if the network between can be trusted, or use the server&apos;s TLS port.</source>
        <translation>如果中间的网络可信，请把连接的传输设为 http（SCHEME+http://…），或使用服务器的 TLS 端口。</translation>
    </message>
    <message>
        <source>%1 speaks HTTPS, and the connection asks for plain HTTP.</source>
        <translation>%1 使用 HTTPS，而连接要求未加密的 HTTP。</translation>
    </message>
    <message>
        <source>Set the connection&apos;s transport to https (SCHEME+https://…).</source>
        <translation>请把连接的传输设为 https（SCHEME+https://…）。</translation>
    </message>
</context>
<context>
    <name>ExportFileTr</name>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>无法写入 %1：%2。</translation>
    </message>
    <message>
        <source>Free some room, or choose another file.</source>
        <translation>请腾出一些空间，或选择另一个文件。</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>请选择另一个文件。</translation>
    </message>
</context>
<context>
    <name>ExportJob</name>
    <message>
        <source>The export was cancelled; nothing was written.</source>
        <translation>导出已取消；没有写入任何内容。</translation>
    </message>
</context>
<context>
    <name>ExportRowsTr</name>
    <message>
        <source>The export was cancelled.</source>
        <translation>导出已取消。</translation>
    </message>
</context>
<context>
    <name>FailureTr</name>
    <message>
        <source>The host name &quot;%1&quot; (for port %2) is not known.</source>
        <translation>主机名“%1”（端口 %2）未知。</translation>
    </message>
    <message>
        <source>Check its spelling, and that this computer is on the network or VPN where the name exists.</source>
        <translation>请检查拼写，并确认本机处于有该名称的网络或 VPN 中。</translation>
    </message>
    <message>
        <source>The proxy %1 does not lead to %2: %3</source>
        <translation>代理 %1 不能通向 %2：%3</translation>
    </message>
    <message>
        <source>Check the connection&apos;s proxy setting; without one the server is reached directly.</source>
        <translation>请检查连接的代理设置；不设代理则直接访问服务器。</translation>
    </message>
    <message>
        <source>No connection to %1 through the proxy %2: %3</source>
        <translation>通过代理 %2 无法连接 %1：%3</translation>
    </message>
    <message>
        <source>%1 refuses the connection: nothing listens at port %2.</source>
        <translation>%1 拒绝连接：端口 %2 没有程序监听。</translation>
    </message>
    <message>
        <source>Check that the database&apos;s REST service (often a program of its own) is running there, and the port.</source>
        <translation>请检查数据库的 REST 服务（常为独立程序）是否在那里运行，以及端口是否正确。</translation>
    </message>
    <message>
        <source>No connection to %1: %2</source>
        <translation>无法连接 %1：%2</translation>
    </message>
    <message>
        <source>Check the host, the port, and firewalls on the way.</source>
        <translation>请检查主机、端口以及途中的防火墙。</translation>
    </message>
    <message>
        <source>The connection to %1 was lost after %2 bytes of the answer: %3</source>
        <translation>与 %1 的连接在收到应答的 %2 字节后断开：%3</translation>
    </message>
    <message>
        <source>What came before is shown. Try again; if it breaks at the same place, look at the server&apos;s log.</source>
        <translation>之前收到的内容已显示。请重试；如果总在同一处断开，请查看服务器日志。</translation>
    </message>
    <message>
        <source>%1 closed the connection without an answer: %2</source>
        <translation>%1 没有应答就关闭了连接：%2</translation>
    </message>
    <message>
        <source>The connection to %1 was lost: %2</source>
        <translation>与 %1 的连接断开：%2</translation>
    </message>
    <message>
        <source>Look at the server&apos;s log; a service that speaks another protocol than %1 also ends like this.</source>
        <translation>请查看服务器日志；使用 %1 以外协议的服务也会这样结束。</translation>
    </message>
    <message>
        <source>What %1 answered is not HTTP: %2</source>
        <translation>%1 的应答不是 HTTP：%2</translation>
    </message>
    <message>
        <source>Check the port; if it speaks HTTPS, use https instead of http.</source>
        <translation>请检查端口；如果它使用 HTTPS，请用 https 代替 http。</translation>
    </message>
    <message>
        <source>Check that this is the port of the database&apos;s REST service.</source>
        <translation>请确认这是数据库 REST 服务的端口。</translation>
    </message>
    <message>
        <source>The request to %1 failed: %2</source>
        <translation>对 %1 的请求失败：%2</translation>
    </message>
    <message>
        <source>No connection to %1 within %2 s.</source>
        <translation>%2 秒内无法连接 %1。</translation>
    </message>
    <message>
        <source>The URL is not valid: %1</source>
        <translation>URL 无效：%1</translation>
    </message>
    <message>
        <source>%1 sent nothing for %2 s, after %3 bytes of the answer.</source>
        <translation>%1 在发送应答的 %3 字节后，%2 秒没有发送任何内容。</translation>
    </message>
    <message>
        <source>%1 has not answered for %2 s.</source>
        <translation>%1 已有 %2 秒没有应答。</translation>
    </message>
    <message>
        <source>A statement that computes for long needs a longer idle time-out (0: none).</source>
        <translation>计算时间长的语句需要更长的空闲超时（0：不限）。</translation>
    </message>
    <message>
        <source>The request to %1 was cancelled.</source>
        <translation>对 %1 的请求已取消。</translation>
    </message>
    <message>
        <source>Check that the file named by ca= exists and holds certificates in PEM form.</source>
        <translation>请检查 ca= 指定的文件存在且含有 PEM 格式的证书。</translation>
    </message>
    <message>
        <source>The port seems to speak plain HTTP: use http instead of https.</source>
        <translation>该端口似乎使用普通 HTTP：请用 http 代替 https。</translation>
    </message>
    <message>
        <source>Check that the port speaks HTTPS, and that the server supports TLS 1.2 or later.</source>
        <translation>请检查端口使用 HTTPS，且服务器支持 TLS 1.2 或更高版本。</translation>
    </message>
    <message>
        <source>The network between here and %1 is gone: nothing that was sent is acknowledged.</source>
        <translation>到 %1 的网络已断开：发送的内容都没有得到确认。</translation>
    </message>
    <message>
        <source>Check the network or VPN, then try again; the next request makes a connection of its own.</source>
        <translation>请检查网络或 VPN，然后重试；下一个请求会建立新的连接。</translation>
    </message>
    <message>
        <source>The proxy %1 on the way to %2 wants a user name and password, or others than it was given.</source>
        <translation>通往 %2 的代理 %1 要求用户名和密码，或不接受给出的用户名和密码。</translation>
    </message>
    <message>
        <source>Put them into the connection&apos;s proxy: proxy=http://USER:PASSWORD@HOST:PORT</source>
        <translation>请写入连接的代理设置：proxy=http://USER:PASSWORD@HOST:PORT</translation>
    </message>
    <message>
        <source>It is for &quot;%1&quot;, issued by &quot;%2&quot;, valid from %3 to %4.
SHA-256 %5</source>
        <translation>证书给“%1”，由“%2”签发，有效期 %3 至 %4。
SHA-256 %5</translation>
    </message>
    <message>
        <source>Was the server&apos;s certificate replaced? Ask who runs it before the connection accepts the new one.</source>
        <translation>服务器的证书是否更换过？在连接接受新证书之前，请询问服务器的管理者。</translation>
    </message>
    <message>
        <source>If it is signed by an authority of your own, name that one&apos;s file: ca=FILE.</source>
        <translation>如果它由自有机构签发，请给出该机构的文件：ca=FILE。</translation>
    </message>
    <message>
        <source>Write the host as the certificate has it, or name that one: server_name=NAME.</source>
        <translation>请按证书写主机名，或指定它：server_name=NAME。</translation>
    </message>
    <message>
        <source>Check this computer&apos;s clock; if it is right, whoever runs the server has to renew the certificate.</source>
        <translation>请检查本机时钟；如果时钟正确，服务器的管理者必须更新证书。</translation>
    </message>
    <message>
        <source>If you know this certificate to be the server&apos;s, this connection alone can accept it: fingerprint=SHA-256.</source>
        <translation>如果确知这是服务器的证书，可以只让此连接接受它：fingerprint=SHA-256。</translation>
    </message>
    <message>
        <source>Give the connection a certificate that the server&apos;s authority signed: cert=FILE (PEM or PKCS#12), key=FILE.</source>
        <translation>请给连接提供由服务器的机构签发的证书：cert=FILE（PEM 或 PKCS#12）、key=FILE。</translation>
    </message>
</context>
<context>
    <name>FilterPopover</name>
    <message>
        <source>Filter %1</source>
        <translation>筛选 %1</translation>
    </message>
</context>
<context>
    <name>HttpClient</name>
    <message>
        <source>The answer is longer than %1 bytes.</source>
        <translation>应答超过 %1 字节。</translation>
    </message>
    <message numerus="yes">
        <source>Given up after %n attempts.</source>
        <translation>
            <numerusform>尝试 %n 次后放弃。</numerusform>
        </translation>
    </message>
    <message>
        <source>Not asked again: the server asks to wait for &quot;%1&quot;, longer than %2 s.</source>
        <translation>没有再次请求：服务器要求等待“%1”，超过 %2 秒。</translation>
    </message>
    <message>
        <source>Asked again in %1 s (attempt %2).</source>
        <translation>%1 秒后再次请求（第 %2 次尝试）。</translation>
    </message>
    <message>
        <source>connection</source>
        <translation>连接</translation>
    </message>
</context>
<context>
    <name>HttpProxy</name>
    <message>
        <source>The proxy cannot be read: %1</source>
        <translation>无法读取代理设置：%1</translation>
    </message>
    <message>
        <source>A proxy of the kind &quot;%1&quot; is not supported.</source>
        <translation>不支持“%1”类型的代理。</translation>
    </message>
    <message>
        <source>The proxy has no host.</source>
        <translation>代理没有主机。</translation>
    </message>
    <message>
        <source>The proxy of the environment (http_proxy, https_proxy, all_proxy) is not usable. %1</source>
        <translation>环境变量中的代理（http_proxy、https_proxy、all_proxy）不可用。%1</translation>
    </message>
</context>
<context>
    <name>HttpTransfer</name>
    <message>
        <source>The system has no resources left for another request.</source>
        <translation>系统没有资源再发送一个请求。</translation>
    </message>
    <message>
        <source>%1 sent its answer in the content coding &quot;%2&quot;, which was not asked for.</source>
        <translation>%1 以内容编码“%2”发送应答，而这并未请求。</translation>
    </message>
    <message>
        <source>The headers of the answer from %1 are too long to be meant: over 100 KB in a line or %2 KB in all.</source>
        <translation>%1 应答的标头过长，不可能是有意的：一行超过 100 KB 或总共超过 %2 KB。</translation>
    </message>
    <message>
        <source>The compressed answer from %1 is damaged after %2 bytes.</source>
        <translation>%1 的压缩应答在 %2 字节后损坏。</translation>
    </message>
    <message>
        <source>The compressed answer from %1 ends early, after %2 bytes.</source>
        <translation>%1 的压缩应答在 %2 字节后提前结束。</translation>
    </message>
    <message>
        <source>The answer from %1 is longer than this connection&apos;s limit of %2 bytes; the rest was not read.</source>
        <translation>%1 的应答超过此连接的上限 %2 字节；其余部分没有读取。</translation>
    </message>
    <message>
        <source>Raise max_body of the connection (0: no limit), or ask for less.</source>
        <translation>请提高连接的 max_body（0：不限），或请求少一些。</translation>
    </message>
</context>
<context>
    <name>IdentityTr</name>
    <message>
        <source>The PKCS#12 file %1 is encrypted with RC2 or another cipher that is too weak for OpenSSL 3.</source>
        <translation>PKCS#12 文件 %1 用 RC2 或另一种对 OpenSSL 3 来说太弱的算法加密。</translation>
    </message>
    <message>
        <source>Convert it once (it asks for the old password, then for a new one), and name what comes of it: cert=client.pem
%1
To have a PKCS#12 file again: %2</source>
        <translation>请转换一次（会询问旧密码，再询问新密码），然后指定所得文件：cert=client.pem
%1
若要再得到 PKCS#12 文件：%2</translation>
    </message>
</context>
<context>
    <name>InputTr</name>
    <message>
        <source>Interrupted while reading standard input.</source>
        <translation>读取标准输入时被中断。</translation>
    </message>
    <message>
        <source>Standard input cannot be read: %1.</source>
        <translation>无法读取标准输入：%1。</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>无法读取 %1：%2。</translation>
    </message>
    <message>
        <source>No password came from standard input (--password-stdin).</source>
        <translation>标准输入没有给出密码（--password-stdin）。</translation>
    </message>
</context>
<context>
    <name>Insert</name>
    <message>
        <source>a value is needed</source>
        <translation>需要一个值</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is neither true nor false</source>
        <translation>“%1”既不是 true 也不是 false</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no integer</source>
        <translation>“%1”不是整数</translation>
    </message>
    <message>
        <source>%1 is out of the range of %2</source>
        <translation>%1 超出 %2 的范围</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no number</source>
        <translation>“%1”不是数</translation>
    </message>
    <message>
        <source>%1 has more digits than %2 takes</source>
        <translation>%1 的位数多于 %2 所能容纳</translation>
    </message>
    <message>
        <source>%1 long, %2 takes %3</source>
        <translation>长度 %1，而 %2 最多 %3</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no date (2024-05-17)</source>
        <translation>“%1”不是日期（2024-05-17）</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no time (2024-05-17T08:30:00Z)</source>
        <translation>“%1”不是时间（2024-05-17T08:30:00Z）</translation>
    </message>
    <message>
        <source>Insert into %1</source>
        <translation>插入 %1</translation>
    </message>
    <message>
        <source>Row %1 has %2 values for %3 columns.</source>
        <translation>第 %1 行有 %2 个值，而列有 %3 个。</translation>
    </message>
    <message>
        <source>Row %1 is too large: a statement takes %L2 bytes.</source>
        <translation>第 %1 行太大：一条语句最多 %L2 字节。</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>truth value</source>
        <translation>真值</translation>
    </message>
    <message>
        <source>64-bit integer</source>
        <translation>64 位整数</translation>
    </message>
    <message>
        <source>unsigned 64-bit integer</source>
        <translation>无符号 64 位整数</translation>
    </message>
    <message>
        <source>32-bit float</source>
        <translation>32 位浮点数</translation>
    </message>
    <message>
        <source>64-bit float</source>
        <translation>64 位浮点数</translation>
    </message>
    <message>
        <source>decimal text</source>
        <translation>十进制文本</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>JSON text</source>
        <translation>JSON 文本</translation>
    </message>
    <message>
        <source>instant</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>date and time without a zone</source>
        <translation>无时区的日期和时间</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Seconds since 1970</source>
        <translation>1970 年以来的秒数</translation>
    </message>
    <message>
        <source>Milliseconds since 1970</source>
        <translation>1970 年以来的毫秒数</translation>
    </message>
    <message>
        <source>Microseconds since 1970</source>
        <translation>1970 年以来的微秒数</translation>
    </message>
    <message>
        <source>Nanoseconds since 1970</source>
        <translation>1970 年以来的纳秒数</translation>
    </message>
    <message>
        <source>%1 (of this tab)</source>
        <translation>%1（此标签页的）</translation>
    </message>
    <message>
        <source>Hexadecimal</source>
        <translation>十六进制</translation>
    </message>
    <message>
        <source>Binary</source>
        <translation>二进制</translation>
    </message>
    <message>
        <source>As a double</source>
        <translation>作为双精度数</translation>
    </message>
    <message>
        <source>the same: a double holds it</source>
        <translation>相同：双精度数可以容纳</translation>
    </message>
    <message>
        <source>%1 – what a browser-based tool would show</source>
        <translation>%1 – 基于浏览器的工具会这样显示</translation>
    </message>
    <message>
        <source>stored as %1</source>
        <translation>存储为 %1</translation>
    </message>
    <message>
        <source>%1, stored as %2</source>
        <translation>%1，存储为 %2</translation>
    </message>
    <message>
        <source>This value does not fit that; it is kept as it was sent.</source>
        <translation>此值与该类型不符；按发送的原样保留。</translation>
    </message>
    <message>
        <source>As %1</source>
        <translation>作为 %1</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>none: the server names none; the counts take it for UTC</source>
        <translation>无：服务器没有给出；计数按 UTC 计算</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Grouped</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>%L1 bytes</source>
        <translation>%L1 字节</translation>
    </message>
</context>
<context>
    <name>JsonLevelTr</name>
    <message>
        <source>Reading was stopped.</source>
        <translation>读取已停止。</translation>
    </message>
</context>
<context>
    <name>Keychain</name>
    <message>
        <source>The keychain did not answer in time.</source>
        <translation>密钥链没有及时应答。</translation>
    </message>
    <message>
        <source>Cancelled while the keychain was asked.</source>
        <translation>询问密钥链时被取消。</translation>
    </message>
    <message>
        <source>The keychain refused: it was not unlocked.</source>
        <translation>密钥链拒绝了：它没有解锁。</translation>
    </message>
    <message>
        <source>There is no keychain that answers.</source>
        <translation>没有可用的密钥链。</translation>
    </message>
    <message>
        <source>There is no keychain that answers: %1</source>
        <translation>没有可用的密钥链：%1</translation>
    </message>
    <message>
        <source>There is no keychain that answers: this session has no message bus (D-Bus).</source>
        <translation>没有可用的密钥链：此会话没有消息总线（D-Bus）。</translation>
    </message>
    <message>
        <source>The keychain cannot be reached: %1</source>
        <translation>无法访问密钥链：%1</translation>
    </message>
</context>
<context>
    <name>LifecycleTr</name>
    <message>
        <source>The service gives the same page of the result again and again.</source>
        <translation>服务反复返回结果的同一页。</translation>
    </message>
    <message>
        <source>Connection lost after %1 rows: %2</source>
        <translation>%1 行后连接断开：%2</translation>
    </message>
</context>
<context>
    <name>Lindorm</name>
    <message>
        <source>request</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>The connection has a password, but no user.</source>
        <translation>连接有密码，但没有用户。</translation>
    </message>
    <message>
        <source>Both or none: lindorm://USER:PASSWORD@HOST:PORT/DATABASE or lindorm://HOST:PORT/DATABASE</source>
        <translation>两者都写或都不写：lindorm://USER:PASSWORD@HOST:PORT/DATABASE 或 lindorm://HOST:PORT/DATABASE</translation>
    </message>
    <message>
        <source>A user name with a colon cannot be sent.</source>
        <translation>含冒号的用户名无法发送。</translation>
    </message>
    <message>
        <source>A request has no parameters.</source>
        <translation>请求没有参数。</translation>
    </message>
    <message>
        <source>Write the values into the request.</source>
        <translation>请把值直接写入请求。</translation>
    </message>
    <message>
        <source>The statement is empty.</source>
        <translation>语句为空。</translation>
    </message>
    <message>
        <source>statement</source>
        <translation>语句</translation>
    </message>
    <message>
        <source>The connection names no host.</source>
        <translation>连接没有指定主机。</translation>
    </message>
    <message>
        <source>Example: lindorm://USER:PASSWORD@HOST:8242/DATABASE</source>
        <translation>例如：lindorm://USER:PASSWORD@HOST:8242/DATABASE</translation>
    </message>
</context>
<context>
    <name>LindormAggregate</name>
    <message>
        <source>The wide-table engine does not aggregate into time buckets.</source>
        <translation>宽表引擎不支持按时间桶聚合。</translation>
    </message>
    <message>
        <source>SAMPLE BY works on the table&apos;s own time column; &quot;%1&quot; is none.</source>
        <translation>SAMPLE BY 只作用于表自身的时间列；“%1”不是时间列。</translation>
    </message>
    <message>
        <source>SAMPLE BY aggregates FIELD columns; &quot;%1&quot; is none.</source>
        <translation>SAMPLE BY 聚合 FIELD 列；“%1”不是 FIELD 列。</translation>
    </message>
    <message>
        <source>SAMPLE BY tells series apart by TAG columns; &quot;%1&quot; is none.</source>
        <translation>SAMPLE BY 按 TAG 列区分系列；“%1”不是 TAG 列。</translation>
    </message>
    <message>
        <source>With SAMPLE BY the server ignores conditions on FIELD columns, such as &quot;%1&quot;.</source>
        <translation>使用 SAMPLE BY 时，服务器会忽略对 FIELD 列的条件，例如“%1”。</translation>
    </message>
    <message>
        <source>series of the table</source>
        <translation>表的系列</translation>
    </message>
    <message>
        <source>the table</source>
        <translation>该表</translation>
    </message>
    <message>
        <source>There are several series for %1, and SAMPLE BY aggregates each by itself: which of their values is first or last in a bucket cannot be asked for.</source>
        <translation>%1 有多个系列，而 SAMPLE BY 对每个系列单独聚合：无法查询其中哪个值是时间桶内的第一个或最后一个。</translation>
    </message>
    <message>
        <source>Split by the tag that tells the series apart (%1), or choose one with a condition such as TAG = &apos;value&apos;.</source>
        <translation>请按区分系列的标签（%1）拆分，或用 TAG = &apos;value&apos; 之类的条件选定一个系列。</translation>
    </message>
    <message>
        <source>A table, its time column, a value column and a bucket width are needed to aggregate.</source>
        <translation>聚合需要表、时间列、数值列和桶宽。</translation>
    </message>
</context>
<context>
    <name>LindormAnswer</name>
    <message>
        <source>The answer names %1 columns and %2 types.</source>
        <translation>应答给出 %1 个列名和 %2 个类型。</translation>
    </message>
    <message>
        <source>Block %1 of the answer has other columns than the first.</source>
        <translation>应答的第 %1 块与第一块的列不同。</translation>
    </message>
    <message>
        <source>A block of the answer holds rows twice.</source>
        <translation>应答的一个块含有两份行数据。</translation>
    </message>
    <message>
        <source>The rows of the answer are not an array.</source>
        <translation>应答的行数据不是数组。</translation>
    </message>
    <message>
        <source>The answer holds rows, but no columns.</source>
        <translation>应答有行，但没有列。</translation>
    </message>
    <message>
        <source>Connection lost after %1 rows: %2</source>
        <translation>%1 行后连接断开：%2</translation>
    </message>
    <message>
        <source>The answer is JSON, but not a block with columns and rows.</source>
        <translation>应答是 JSON，但不是带有列和行的块。</translation>
    </message>
    <message>
        <source>The answer is an object with neither columns nor an error.</source>
        <translation>应答是对象，但既无列也无错误。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; of the answer is not an array.</source>
        <translation>应答的“%1”不是数组。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; of the answer has an entry that is not a text.</source>
        <translation>应答的“%1”有一项不是文本。</translation>
    </message>
</context>
<context>
    <name>LindormCatalog</name>
    <message>
        <source>catalogue</source>
        <translation>目录</translation>
    </message>
</context>
<context>
    <name>LindormErrors</name>
    <message>
        <source>A proxy on the way wants a log-in: see &quot;proxy&quot; of the connection.</source>
        <translation>途中的代理要求登录：参见连接的“proxy”。</translation>
    </message>
    <message>
        <source>The server refuses this address or this user: see the white list of the instance and SHOW PRIVILEGES.</source>
        <translation>服务器拒绝此地址或此用户：请查看实例的白名单和 SHOW PRIVILEGES。</translation>
    </message>
    <message>
        <source>Check user and password (those of the first account changed with engine 3.4.31). A user may also lack the right to do this: see SHOW PRIVILEGES.</source>
        <translation>请检查用户和密码（首个账户的用户和密码自引擎 3.4.31 起有变化）。也可能是用户没有相应的权限：请查看 SHOW PRIVILEGES。</translation>
    </message>
    <message>
        <source>SHOW DATABASES lists those that there are; the connection&apos;s database stands behind the port: …/DATABASE.</source>
        <translation>SHOW DATABASES 列出现有的数据库；连接的数据库写在端口之后：…/DATABASE。</translation>
    </message>
    <message>
        <source>SHOW TABLES lists the tables of a database. A name without a database is looked up in the connection&apos;s database, or else in &quot;default&quot;: choose one (…/DATABASE) or write DATABASE.TABLE.</source>
        <translation>SHOW TABLES 列出数据库中的表。不带数据库的名称在连接的数据库中查找，连接未指定数据库时在“default”中查找：请选定数据库（…/DATABASE）或写 DATABASE.TABLE。</translation>
    </message>
    <message>
        <source>DESCRIBE TABLE lists the columns.</source>
        <translation>DESCRIBE TABLE 列出各列。</translation>
    </message>
    <message>
        <source>Names that are words of the language stand in backticks, texts in single quotes.</source>
        <translation>与语言关键字同名的名称放在反引号中，文本放在单引号中。</translation>
    </message>
    <message>
        <source>The server has too many connections; try again later.</source>
        <translation>服务器的连接过多；请稍后再试。</translation>
    </message>
    <message>
        <source>IF NOT EXISTS lets a statement pass where it is there already.</source>
        <translation>加上 IF NOT EXISTS，对象已存在时语句也能通过。</translation>
    </message>
    <message>
        <source>There is no SQL interface at this address: check host and port (8242 is usual). Single-node instances do not offer it.</source>
        <translation>此地址没有 SQL 接口：请检查主机和端口（通常为 8242）。单节点实例不提供 SQL 接口。</translation>
    </message>
    <message>
        <source>The statement is too large for the server: write fewer rows at once.</source>
        <translation>语句对服务器来说太大：请减少一次写入的行数。</translation>
    </message>
    <message>
        <source>The answer points to another address: use that one in the connection if it is right.</source>
        <translation>应答指向另一个地址：如果正确，请在连接中使用它。</translation>
    </message>
    <message>
        <source>This is a web page, of a proxy or another server: check host, port and proxy of the connection.</source>
        <translation>这是代理或其他服务器的网页：请检查连接的主机、端口和代理。</translation>
    </message>
    <message>
        <source>Check that Lindorm&apos;s time-series engine answers at this host and port.</source>
        <translation>请确认 Lindorm 的时序引擎在此主机和端口上应答。</translation>
    </message>
</context>
<context>
    <name>LindormSampleBy</name>
    <message>
        <source>The server ignores &quot;%1&quot;: a query with SAMPLE BY filters by TAG columns and time alone, and these are FIELD columns: %2. Filter the result instead: SELECT * FROM (SELECT … SAMPLE BY …) WHERE …</source>
        <translation>服务器会忽略“%1”：带 SAMPLE BY 的查询只按 TAG 列和时间过滤，而这些是 FIELD 列：%2。请改为过滤结果：SELECT * FROM (SELECT … SAMPLE BY …) WHERE …</translation>
    </message>
</context>
<context>
    <name>LindormStop</name>
    <message>
        <source>stop on the server</source>
        <translation>在服务器上停止</translation>
    </message>
    <message>
        <source>The server no longer lists the statement: it has ended.</source>
        <translation>服务器已不再列出该语句：它已结束。</translation>
    </message>
    <message>
        <source>%1 equal statements are running on the server; none was stopped.</source>
        <translation>服务器上有 %1 条相同的语句在运行；都没有停止。</translation>
    </message>
    <message>
        <source>Stopped on the server (%1).</source>
        <translation>已在服务器上停止（%1）。</translation>
    </message>
    <message>
        <source>The server did not stop the statement: %1</source>
        <translation>服务器没有停止语句：%1</translation>
    </message>
</context>
<context>
    <name>LindormTable</name>
    <message>
        <source>columns of the table</source>
        <translation>表的列</translation>
    </message>
</context>
<context>
    <name>LiteralTr</name>
    <message>
        <source>Give each :name of the statement exactly one value (--param NAME=VALUE).</source>
        <translation>请给语句的每个 :name 恰好一个值（--param NAME=VALUE）。</translation>
    </message>
    <message>
        <source>The parameter :%1 has no value.</source>
        <translation>参数 :%1 没有值。</translation>
    </message>
    <message>
        <source>The parameter :%1 is empty.</source>
        <translation>参数 :%1 为空。</translation>
    </message>
    <message>
        <source>The statement has no parameter :%1.</source>
        <translation>语句没有参数 :%1。</translation>
    </message>
</context>
<context>
    <name>LoginTr</name>
    <message>
        <source>Cancelled while logging in.</source>
        <translation>登录时已取消。</translation>
    </message>
    <message>
        <source>log-in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>The server&apos;s answer to the log-in holds no token.</source>
        <translation>服务器的登录应答没有令牌。</translation>
    </message>
    <message>
        <source>Use auth=basic in the connection.</source>
        <translation>请在连接中使用 auth=basic。</translation>
    </message>
</context>
<context>
    <name>ManagementTr</name>
    <message>
        <source>The answer to GET %1 is not JSON.</source>
        <translation>对 GET %1 的应答不是 JSON。</translation>
    </message>
    <message>
        <source>Check &quot;endpoint&quot; of the connection.</source>
        <translation>请检查连接的“endpoint”。</translation>
    </message>
</context>
<context>
    <name>Manifest</name>
    <message>
        <source>connector.json: %1: %2.</source>
        <translation>connector.json：%1：%2。</translation>
    </message>
    <message>
        <source>Correct the manifest and build the connector again.</source>
        <translation>请修正清单并重新构建连接器。</translation>
    </message>
</context>
<context>
    <name>NetworkKeys</name>
    <message>
        <source>&quot;connect_timeout&quot; takes whole seconds from 1 to %1.</source>
        <translation>“connect_timeout”取 1 到 %1 的整秒数。</translation>
    </message>
    <message>
        <source>&quot;max_body&quot; takes a number of bytes, also with K, M or G behind it.</source>
        <translation>“max_body”取字节数，后面也可以加 K、M 或 G。</translation>
    </message>
    <message>
        <source>Example: max_body=500M. 0 is no limit.</source>
        <translation>例如：max_body=500M。0 表示不限。</translation>
    </message>
    <message>
        <source>&quot;retries&quot; takes a whole number from 0 to %1.</source>
        <translation>“retries”取 0 到 %1 的整数。</translation>
    </message>
</context>
<context>
    <name>NetworkTr</name>
    <message>
        <source>If it is signed by an authority of your own, give that one&apos;s file to the connection (ca). If it is for another name, write the host as the certificate has it, or name it (server_name). If you know this very certificate to be the server&apos;s, accept its fingerprint for this connection; compare it with the one that the server&apos;s administrator names.</source>
        <translation>如果它由自有机构签发，请把该机构的文件交给连接（ca）。如果它是给另一个名称的，请按证书写主机名，或指定它（server_name）。如果确知正是这个证书属于服务器，请为此连接接受其指纹；并与服务器管理员给出的指纹比较。</translation>
    </message>
</context>
<context>
    <name>NodesTr</name>
    <message>
        <source>Tables</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Child tables</source>
        <translation>子表</translation>
    </message>
    <message>
        <source>A path reads DATABASE, DATABASE/TABLE or DATABASE/SUPERTABLE/CHILDTABLE; names are case-sensitive.</source>
        <translation>路径写作 DATABASE、DATABASE/TABLE 或 DATABASE/SUPERTABLE/CHILDTABLE；名称区分大小写。</translation>
    </message>
    <message>
        <source>Deployments</source>
        <translation>部署</translation>
    </message>
    <message>
        <source>Procedures</source>
        <translation>存储过程</translation>
    </message>
    <message>
        <source>Indexes</source>
        <translation>索引</translation>
    </message>
    <message>
        <source>Input columns</source>
        <translation>输入列</translation>
    </message>
    <message>
        <source>Output columns</source>
        <translation>输出列</translation>
    </message>
    <message>
        <source>A path reads DATABASE or DATABASE/TABLE (or …/DEPLOYMENT, …/PROCEDURE); names are case-sensitive. What another client has created shows after POST /refresh.</source>
        <translation>路径写作 DATABASE 或 DATABASE/TABLE（或 …/DEPLOYMENT、…/PROCEDURE）；名称区分大小写。其他客户端创建的内容在 POST /refresh 之后才会显示。</translation>
    </message>
    <message>
        <source>Schemas</source>
        <translation>模式</translation>
    </message>
</context>
<context>
    <name>OAuthLogin</name>
    <message>
        <source>Check client_id and its secret; some servers take them in the form only (client_auth=body).</source>
        <translation>请检查 client_id 及其机密；有些服务器只从表单读取它们（client_auth=body）。</translation>
    </message>
    <message>
        <source>Check client_id and its secret; most servers take them as a Basic log-in (client_auth=basic).</source>
        <translation>请检查 client_id 及其机密；多数服务器以 Basic 登录读取它们（client_auth=basic）。</translation>
    </message>
    <message>
        <source>The refresh token has expired, was withdrawn or was used already: get another one and keep it in the connection.</source>
        <translation>刷新令牌已过期、被撤销或已用过：请取得新的并保存在连接中。</translation>
    </message>
    <message>
        <source>Check the connection&apos;s scope.</source>
        <translation>请检查连接的 scope。</translation>
    </message>
    <message>
        <source>The server does not let this client use this grant: check grant= of the connection.</source>
        <translation>服务器不允许此客户端使用这种授权：请检查连接的 grant=。</translation>
    </message>
    <message>
        <source>Check token_url and the client of the connection.</source>
        <translation>请检查连接的 token_url 和客户端。</translation>
    </message>
    <message>
        <source>The token server refused the log-in.</source>
        <translation>令牌服务器拒绝了登录。</translation>
    </message>
    <message>
        <source>The token server sends the log-in elsewhere, which is not followed: a secret goes to token_url alone.</source>
        <translation>令牌服务器把登录转到别处，此处不跟随：机密只发给 token_url。</translation>
    </message>
    <message>
        <source>Give the address that it names as token_url, if it is to be trusted.</source>
        <translation>如果它所指的地址可信，请把它写作 token_url。</translation>
    </message>
    <message>
        <source>The token server answered with status %1.</source>
        <translation>令牌服务器以状态 %1 应答。</translation>
    </message>
    <message>
        <source>The token server&apos;s answer holds no token.</source>
        <translation>令牌服务器的应答中没有令牌。</translation>
    </message>
    <message>
        <source>Check token_url of the connection.</source>
        <translation>请检查连接的 token_url。</translation>
    </message>
    <message>
        <source>The token server gives tokens of the type &quot;%1&quot;; only bearer tokens can be used.</source>
        <translation>令牌服务器给出“%1”类型的令牌；只能使用 bearer 令牌。</translation>
    </message>
    <message>
        <source>log-in</source>
        <translation>登录</translation>
    </message>
</context>
<context>
    <name>OpenMLDB</name>
    <message>
        <source>true or false</source>
        <translation>true 或 false</translation>
    </message>
    <message>
        <source>2021-05-20</source>
        <translation>2021-05-20</translation>
    </message>
    <message>
        <source>milliseconds since 1970, or a time with its zone: 2021-05-20T08:00:00Z</source>
        <translation>1970 年以来的毫秒数，或带时区的时间：2021-05-20T08:00:00Z</translation>
    </message>
    <message>
        <source>the column takes no NULL.</source>
        <translation>该列不接受 NULL。</translation>
    </message>
    <message>
        <source>the value is no %1.</source>
        <translation>值不是有效的 %1。</translation>
    </message>
    <message>
        <source>%1 values are given for %2 columns.</source>
        <translation>给出了 %1 个值，而列有 %2 个。</translation>
    </message>
    <message>
        <source>There is nothing to call here.</source>
        <translation>这里没有可调用的内容。</translation>
    </message>
    <message>
        <source>Exactly one row is put at a time.</source>
        <translation>每次只能写入一行，不能多也不能少。</translation>
    </message>
    <message>
        <source>At least one row is needed.</source>
        <translation>至少需要一行。</translation>
    </message>
    <message>
        <source>column names</source>
        <translation>列名</translation>
    </message>
    <message>
        <source>The API server cannot be asked for &quot;%1&quot; in a path.</source>
        <translation>API 服务器的路径中无法使用“%1”。</translation>
    </message>
    <message>
        <source>Its paths take ASCII letters, digits and a few signs only, neither dots nor percent-encoding. Connect to another database and write DATABASE.TABLE in the statement, in backticks.</source>
        <translation>其路径只接受 ASCII 字母、数字和少数几种符号，不接受点号和百分号编码。请连接到其他数据库，并在语句中用反引号写 DATABASE.TABLE。</translation>
    </message>
    <message>
        <source>A date reads 2021-05-01, between 1900 and 9999; NAME:STRING=… sends text.</source>
        <translation>日期写作 2021-05-01，年份在 1900 到 9999 之间；NAME:STRING=… 按文本发送。</translation>
    </message>
    <message>
        <source>A timestamp is a count of milliseconds since 1970, or a time with its zone: 2021-05-01T00:00:00Z.</source>
        <translation>时间戳是 1970 年以来的毫秒数，或带时区的时间：2021-05-01T00:00:00Z。</translation>
    </message>
    <message>
        <source>Integers have digits only, as many as their type holds; BIGINT holds 64 bits.</source>
        <translation>整数只含数字，位数不超过其类型的范围；BIGINT 为 64 位。</translation>
    </message>
    <message>
        <source>The value of the parameter &quot;%1&quot; is no %2.</source>
        <translation>参数“%1”的值不是有效的 %2。</translation>
    </message>
    <message>
        <source>the procedure&apos;s columns</source>
        <translation>存储过程的列</translation>
    </message>
    <message>
        <source>request</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>The answer is not the part of the catalogue that was asked for.</source>
        <translation>应答不是所请求的那部分目录。</translation>
    </message>
    <message>
        <source>OpenMLDB cannot stop an online query; its connection is closed, and the server ends it by itself.</source>
        <translation>OpenMLDB 无法停止在线查询；其连接已关闭，服务器会自行结束查询。</translation>
    </message>
    <message>
        <source>stop on the server</source>
        <translation>在服务器上停止</translation>
    </message>
    <message>
        <source>The server lists no running job of that time: it has ended, or not begun.</source>
        <translation>服务器没有列出该时间的运行中作业：它已结束，或尚未开始。</translation>
    </message>
    <message>
        <source>%1 jobs of that time are running on the server; none was stopped.</source>
        <translation>服务器上有 %1 个该时间的作业正在运行；没有停止任何一个。</translation>
    </message>
    <message>
        <source>Job %1 was stopped on the server.</source>
        <translation>作业 %1 已在服务器上停止。</translation>
    </message>
    <message>
        <source>The server did not stop the job: %1</source>
        <translation>服务器没有停止作业：%1</translation>
    </message>
    <message>
        <source>statement</source>
        <translation>语句</translation>
    </message>
    <message>
        <source>A request has no parameters.</source>
        <translation>请求没有参数。</translation>
    </message>
    <message>
        <source>Write the values into the request.</source>
        <translation>请把值直接写入请求。</translation>
    </message>
    <message>
        <source>OpenMLDB cannot put rows into time buckets exactly: it groups whole tables by plain columns only, and does not sort.</source>
        <translation>OpenMLDB 无法精确地把行归入时间桶：它只能对整张表按普通列分组，并且不排序。</translation>
    </message>
    <message>
        <source>Query the rows of a stretch of time and draw the result.</source>
        <translation>请查询一段时间内的行，再用结果绘图。</translation>
    </message>
    <message>
        <source>The connection names no host.</source>
        <translation>连接没有指定主机。</translation>
    </message>
    <message>
        <source>Example: openmldb://HOST:9080/DATABASE</source>
        <translation>例如：openmldb://HOST:9080/DATABASE</translation>
    </message>
    <message>
        <source>There is no mode &quot;%1&quot;.</source>
        <translation>没有模式“%1”。</translation>
    </message>
    <message>
        <source>The mode is online, offsync or offasync.</source>
        <translation>模式为 online、offsync 或 offasync。</translation>
    </message>
    <message>
        <source>EXIT and QUIT are not sent to OpenMLDB: they would end the API server.</source>
        <translation>EXIT 和 QUIT 不会发送给 OpenMLDB：它们会结束 API 服务器。</translation>
    </message>
    <message>
        <source>They are commands of the server&apos;s own shell; here is nothing to leave.</source>
        <translation>它们是服务器自带 shell 的命令；这里没有需要退出的内容。</translation>
    </message>
    <message>
        <source>The statement is empty.</source>
        <translation>语句为空。</translation>
    </message>
    <message>
        <source>The statement is not UTF-8, which the server expects.</source>
        <translation>语句不是 UTF-8，而服务器要求 UTF-8。</translation>
    </message>
</context>
<context>
    <name>OpenMLDBAnswer</name>
    <message>
        <source>Connection lost after %1 rows: %2</source>
        <translation>%1 行后连接断开：%2</translation>
    </message>
    <message>
        <source>The answer is JSON, but not an object with a code.</source>
        <translation>应答是 JSON，但不是带有 code 的对象。</translation>
    </message>
    <message>
        <source>The answer is an object without a code.</source>
        <translation>应答是没有 code 的对象。</translation>
    </message>
    <message>
        <source>The code of the answer is not an integer.</source>
        <translation>应答的 code 不是整数。</translation>
    </message>
    <message>
        <source>The answer holds data twice.</source>
        <translation>应答含有两个 data。</translation>
    </message>
    <message>
        <source>The data of the answer is not an object.</source>
        <translation>应答的 data 不是对象。</translation>
    </message>
    <message>
        <source>The answer holds columns, but no data.</source>
        <translation>应答中有列，但没有数据。</translation>
    </message>
    <message>
        <source>The schema of the answer is not an array.</source>
        <translation>应答的 schema 不是数组。</translation>
    </message>
    <message>
        <source>The schema has an entry that is neither a type nor a column.</source>
        <translation>schema 有一项既不是类型也不是列。</translation>
    </message>
    <message>
        <source>The rows of the answer are not an array.</source>
        <translation>应答的行数据不是数组。</translation>
    </message>
</context>
<context>
    <name>OpenMLDBCatalog</name>
    <message>
        <source>catalogue</source>
        <translation>目录</translation>
    </message>
</context>
<context>
    <name>OpenMLDBErrors</name>
    <message>
        <source>Paths of the API server take ASCII letters, digits and a few signs only: neither &quot;%&quot; nor &quot;.&quot;.</source>
        <translation>API 服务器的路径只接受 ASCII 字母、数字和少数几种符号：不接受“%”和“.”。</translation>
    </message>
    <message>
        <source>The API server has no such endpoint: check method and path. The templates list those that there are.</source>
        <translation>API 服务器没有此端点：请检查方法和路径。模板列出现有的端点。</translation>
    </message>
    <message>
        <source>The mode is online, offsync or offasync.</source>
        <translation>模式为 online、offsync 或 offasync。</translation>
    </message>
    <message>
        <source>Names are case-sensitive. What another client has created shows after POST /refresh.</source>
        <translation>名称区分大小写。其他客户端创建的内容在 POST /refresh 之后才会显示。</translation>
    </message>
    <message>
        <source>Check number and types of the values (--param NAME:TYPE=VALUE).</source>
        <translation>请检查值的个数和类型（--param NAME:TYPE=VALUE）。</translation>
    </message>
    <message>
        <source>The answer points to another address: use that one in the connection if it is right.</source>
        <translation>应答指向另一个地址：如果正确，请在连接中使用它。</translation>
    </message>
    <message>
        <source>This is a web page, of a proxy or another server: check host, port and proxy of the connection.</source>
        <translation>这是代理或其他服务器的网页：请检查连接的主机、端口和代理。</translation>
    </message>
    <message>
        <source>There is no OpenMLDB API server at this address: check host and port (9080 as shipped, 8080 in the documents).</source>
        <translation>此地址没有 OpenMLDB API 服务器：请检查主机和端口（出厂配置为 9080，文档中为 8080）。</translation>
    </message>
    <message>
        <source>Check that an OpenMLDB API server answers at this host and port.</source>
        <translation>请确认 OpenMLDB API 服务器在此主机和端口上应答。</translation>
    </message>
    <message>
        <source>The log-in is refused.</source>
        <translation>登录被拒绝。</translation>
    </message>
    <message>
        <source>The API server itself has no log-in: something before it wants one. Check user and password of the connection.</source>
        <translation>API 服务器本身没有登录：是它前面的某个环节要求登录。请检查连接的用户和密码。</translation>
    </message>
    <message>
        <source>The database server was not reached: something before it answered.</source>
        <translation>没有到达数据库服务器：由它前面的某个程序应答。</translation>
    </message>
    <message>
        <source>The server refuses the request.</source>
        <translation>服务器拒绝请求。</translation>
    </message>
    <message>
        <source>The answer is a redirect to %1.</source>
        <translation>应答重定向到 %1。</translation>
    </message>
    <message>
        <source>Refresh the server&apos;s catalogue</source>
        <translation>刷新服务器的目录</translation>
    </message>
</context>
<context>
    <name>OptionsTr</name>
    <message>
        <source>%1 has no option %2.</source>
        <translation>%1 没有选项 %2。</translation>
    </message>
    <message>
        <source>Did you mean %1?</source>
        <translation>是否想用 %1？</translation>
    </message>
    <message>
        <source>See: ondograph %1 --help</source>
        <translation>参见：ondograph %1 --help</translation>
    </message>
    <message>
        <source>%1 is given twice.</source>
        <translation>%1 给出了两次。</translation>
    </message>
    <message>
        <source>%1 takes no value.</source>
        <translation>%1 不带值。</translation>
    </message>
    <message>
        <source>%1 needs a value: %2.</source>
        <translation>%1 需要一个值：%2。</translation>
    </message>
    <message>
        <source>There is one word too many: %1</source>
        <translation>多了一个词：%1</translation>
    </message>
    <message>
        <source>An argument with blanks stands in quotes. See: ondograph %1 --help</source>
        <translation>含空格的参数要加引号。参见：ondograph %1 --help</translation>
    </message>
    <message>
        <source>%1 needs a whole number from %2 on, not &quot;%3&quot;.</source>
        <translation>%1 需要不小于 %2 的整数，而不是“%3”。</translation>
    </message>
    <message>
        <source>Usage:</source>
        <translation>用法：</translation>
    </message>
    <message>
        <source>Options:</source>
        <translation>选项：</translation>
    </message>
</context>
<context>
    <name>OutputTr</name>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>无法写入 %1：%2。</translation>
    </message>
    <message>
        <source>Standard output</source>
        <translation>标准输出</translation>
    </message>
    <message>
        <source>Free some room, or choose another file with -o.</source>
        <translation>请腾出空间，或用 -o 选择其他文件。</translation>
    </message>
    <message>
        <source>Interrupted while writing.</source>
        <translation>写出时被中断。</translation>
    </message>
    <message>
        <source>Choose another file with -o.</source>
        <translation>请用 -o 选择其他文件。</translation>
    </message>
</context>
<context>
    <name>ParameterTr</name>
    <message>
        <source>Each parameter of the statement takes exactly one value (--param NAME=VALUE; those of &quot;?&quot; are named 1, 2, …).</source>
        <translation>语句的每个参数只取一个值（--param NAME=VALUE；“?”参数的名称为 1、2……）。</translation>
    </message>
    <message>
        <source>The parameter &quot;%1&quot; has no value.</source>
        <translation>参数“%1”没有值。</translation>
    </message>
    <message>
        <source>The statement has no parameter &quot;%1&quot;.</source>
        <translation>语句没有参数“%1”。</translation>
    </message>
    <message>
        <source>The parameter &quot;%1&quot; is NULL, which this server does not take: write NULL into the statement.</source>
        <translation>参数“%1”为 NULL，此服务器不接受：请在语句中直接写 NULL。</translation>
    </message>
    <message>
        <source>The parameter &quot;%1&quot; is empty, which this server does not take.</source>
        <translation>参数“%1”为空，此服务器不接受。</translation>
    </message>
</context>
<context>
    <name>ParametersTr</name>
    <message>
        <source>The parameter &quot;%1&quot; is given the type &quot;%2&quot;, which the server does not know.</source>
        <translation>参数“%1”给出的类型是“%2”，服务器不认识该类型。</translation>
    </message>
    <message>
        <source>The types are BOOL, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, STRING, DATE and TIMESTAMP.</source>
        <translation>可用的类型为 BOOL、SMALLINT、INT、BIGINT、FLOAT、DOUBLE、STRING、DATE 和 TIMESTAMP。</translation>
    </message>
</context>
<context>
    <name>PartsTr</name>
    <message>
        <source>There is nothing at &quot;%1&quot; in the catalogue.</source>
        <translation>目录中没有“%1”。</translation>
    </message>
</context>
<context>
    <name>ProbeTr</name>
    <message>
        <source>The test was cancelled.</source>
        <translation>测试已取消。</translation>
    </message>
    <message>
        <source>Nobody answers for the host name &quot;%1&quot;: the name service is not reached, or does not know it.</source>
        <translation>没有人能解析主机名“%1”：无法访问域名服务，或它不认识该名称。</translation>
    </message>
    <message>
        <source>Check that this computer is on the network, and on the VPN where the name exists; then the name&apos;s spelling.</source>
        <translation>请检查本机是否已联网，以及是否在该名称所在的 VPN 上；然后检查名称的拼写。</translation>
    </message>
    <message>
        <source>There is no host named &quot;%1&quot;.</source>
        <translation>没有名为“%1”的主机。</translation>
    </message>
    <message>
        <source>Check its spelling. Names of an internal network are known only on that network or its VPN.</source>
        <translation>请检查拼写。内部网络的名称只在该网络或其 VPN 上可用。</translation>
    </message>
    <message>
        <source>%1 refuses the connection: nothing listens at port %2.</source>
        <translation>%1 拒绝连接：端口 %2 没有程序监听。</translation>
    </message>
    <message>
        <source>%1 does not answer: no connection within %2 s.</source>
        <translation>%1 没有应答：%2 秒内未能连接。</translation>
    </message>
    <message>
        <source>Silence is what firewalls and security groups do: have port %1 opened for this computer&apos;s address. A host that is switched off, or an address of a network that needs a VPN, is silent too.</source>
        <translation>沉默是防火墙和安全组的做法：请为本机的地址开放端口 %1。关机的主机，或需要 VPN 的网络中的地址，也会沉默。</translation>
    </message>
    <message>
        <source>There is no way to %1: %2.</source>
        <translation>没有到 %1 的路由：%2。</translation>
    </message>
    <message>
        <source>Check that this computer is on the network, and on the VPN through which the host is reached.</source>
        <translation>请检查本机是否已联网，以及是否在能到达该主机的 VPN 上。</translation>
    </message>
    <message>
        <source>No connection to %1: %2.</source>
        <translation>无法连接到 %1：%2。</translation>
    </message>
</context>
<context>
    <name>ProcessFormTr</name>
    <message>
        <source>It must print one JSON object: {&quot;Version&quot;: 1, &quot;AccessKeyId&quot;: …, &quot;SecretAccessKey&quot;: …, &quot;SessionToken&quot;: …, &quot;Expiration&quot;: …}.</source>
        <translation>它必须输出一个 JSON 对象：{&quot;Version&quot;: 1, &quot;AccessKeyId&quot;: …, &quot;SecretAccessKey&quot;: …, &quot;SessionToken&quot;: …, &quot;Expiration&quot;: …}。</translation>
    </message>
    <message>
        <source>what it printed is not a JSON object</source>
        <translation>其输出不是 JSON 对象</translation>
    </message>
    <message>
        <source>what it printed is not of version 1</source>
        <translation>其输出不是版本 1</translation>
    </message>
    <message>
        <source>what it printed lacks AccessKeyId or SecretAccessKey</source>
        <translation>其输出缺少 AccessKeyId 或 SecretAccessKey</translation>
    </message>
    <message>
        <source>Expiration is not a time: %1</source>
        <translation>Expiration 不是时间：%1</translation>
    </message>
    <message>
        <source>what it printed expired at %1</source>
        <translation>其输出已于 %1 过期</translation>
    </message>
</context>
<context>
    <name>ProcessTr</name>
    <message>
        <source>The program did not end in time.</source>
        <translation>程序没有及时结束。</translation>
    </message>
    <message>
        <source>Cancelled while a program gave credentials.</source>
        <translation>程序提供凭证时已取消。</translation>
    </message>
    <message>
        <source>The program printed more than 1 MB.</source>
        <translation>程序的输出超过 1 MB。</translation>
    </message>
    <message>
        <source>There is no program to start.</source>
        <translation>没有可启动的程序。</translation>
    </message>
    <message>
        <source>%1 cannot be started: %2</source>
        <translation>无法启动 %1：%2</translation>
    </message>
</context>
<context>
    <name>ProxyTr</name>
    <message>
        <source>proxy= takes none, system, or http://, socks5:// or socks5h://USER:PASSWORD@HOST:PORT, special characters of user and password percent-encoded.</source>
        <translation>proxy= 取 none、system，或 http://、socks5:// 或 socks5h://USER:PASSWORD@HOST:PORT，用户名和密码中的特殊字符要百分号编码。</translation>
    </message>
</context>
<context>
    <name>Reader</name>
    <message>
        <source>The answer&apos;s JSON is nested deeper than %1 levels.</source>
        <translation>应答的 JSON 嵌套超过 %1 层。</translation>
    </message>
    <message>
        <source>nothing more</source>
        <translation>到此为止</translation>
    </message>
    <message>
        <source>a colon</source>
        <translation>冒号</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>an escape of JSON</source>
        <translation>JSON 转义</translation>
    </message>
    <message>
        <source>the end of a text</source>
        <translation>文本的结尾</translation>
    </message>
    <message>
        <source>an escape in place of a control character</source>
        <translation>用转义代替控制字符</translation>
    </message>
    <message>
        <source>The answer is not valid JSON: expected %1, found %2.</source>
        <translation>应答不是有效的 JSON：应为 %1，却是 %2。</translation>
    </message>
    <message>
        <source>a value or ]</source>
        <translation>值或 ]</translation>
    </message>
    <message>
        <source>a key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>a key or }</source>
        <translation>键或 }</translation>
    </message>
    <message>
        <source>a value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>a comma or ]</source>
        <translation>逗号或 ]</translation>
    </message>
    <message>
        <source>a comma or }</source>
        <translation>逗号或 }</translation>
    </message>
    <message>
        <source>an empty answer</source>
        <translation>空的应答</translation>
    </message>
    <message>
        <source>the end of the answer</source>
        <translation>应答的结尾</translation>
    </message>
    <message>
        <source>the byte 0x%1</source>
        <translation>字节 0x%1</translation>
    </message>
</context>
<context>
    <name>RedshiftAggregate</name>
    <message>
        <source>A table (DATABASE/SCHEMA/TABLE), its time column, a value column and a bucket width are needed to aggregate.</source>
        <translation>聚合需要表（DATABASE/SCHEMA/TABLE）、其时间列、一个值列和时间桶宽度。</translation>
    </message>
</context>
<context>
    <name>RedshiftBatch</name>
    <message>
        <source>Cancelled while waiting for the session.</source>
        <translation>等待会话时已取消。</translation>
    </message>
    <message>
        <source>state</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>The batch has %1 statements, and the service tells of %2.</source>
        <translation>批处理有 %1 条语句，而服务报告的是 %2 条。</translation>
    </message>
</context>
<context>
    <name>RedshiftCaller</name>
    <message>
        <source>waiting: %1</source>
        <translation>等待：%1</translation>
    </message>
    <message>
        <source>The answer to %1 is no JSON object.</source>
        <translation>对 %1 的应答不是 JSON 对象。</translation>
    </message>
</context>
<context>
    <name>RedshiftCatalog</name>
    <message>
        <source>catalogue</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>%1 in the answer to %2 is no array.</source>
        <translation>对 %2 的应答中，%1 不是数组。</translation>
    </message>
    <message>
        <source>The service gives the same page of the catalogue again and again.</source>
        <translation>服务反复返回目录的同一页。</translation>
    </message>
</context>
<context>
    <name>RedshiftErrors</name>
    <message>
        <source>A proxy on the way wants a log-in: see &quot;proxy&quot; of the connection.</source>
        <translation>途中的代理要求登录：参见连接的“proxy”。</translation>
    </message>
    <message>
        <source>Temporary credentials last some hours: get new ones.</source>
        <translation>临时凭证的有效期为数小时：请获取新的凭证。</translation>
    </message>
    <message>
        <source>Check the secret access key, the region and the clock.</source>
        <translation>请检查私有访问密钥（secret access key）、区域和时钟。</translation>
    </message>
    <message>
        <source>The AWS identity lacks the permission that the server names; who administers the account can give it.</source>
        <translation>该 AWS 身份缺少服务器所指出的权限；可由账户管理员授予。</translation>
    </message>
    <message>
        <source>Check the access key, and the session token where the keys are temporary ones.</source>
        <translation>请检查访问密钥；如果是临时密钥，还请检查会话令牌。</translation>
    </message>
    <message>
        <source>Statements and their results are kept for 24 hours, and belong to one region and one identity.</source>
        <translation>语句及其结果保留 24 小时，并且属于同一个区域和同一个身份。</translation>
    </message>
    <message>
        <source>Too many statements are running: wait for some to end, or stop them.</source>
        <translation>运行中的语句过多：请等待部分语句结束，或停止它们。</translation>
    </message>
    <message>
        <source>Too many statement sessions are open: wait for some to end, or leave out session= in the connection.</source>
        <translation>打开的语句会话过多：请等待部分会话结束，或在连接中去掉 session=。</translation>
    </message>
    <message>
        <source>Check database, db_user and secret_arn of the connection; a paused cluster cannot be reached either.</source>
        <translation>请检查连接的 database、db_user 和 secret_arn；已暂停的集群也无法访问。</translation>
    </message>
    <message>
        <source>Listing took the server too long: try again, or ask for one schema only.</source>
        <translation>服务器列出目录用时过长：请重试，或只查询一个模式。</translation>
    </message>
    <message>
        <source>The service is busy or in trouble: try again later.</source>
        <translation>服务忙或出现故障：请稍后再试。</translation>
    </message>
    <message>
        <source>Check cluster or workgroup, and the region of the connection.</source>
        <translation>请检查连接的集群或工作组，以及区域。</translation>
    </message>
    <message>
        <source>There is no Redshift Data API at this address: check endpoint and region of the connection.</source>
        <translation>此地址没有 Redshift Data API：请检查连接的端点和区域。</translation>
    </message>
    <message>
        <source>The answer points to another address: use that one as endpoint if it is right.</source>
        <translation>应答指向另一个地址：如果该地址正确，请将其用作端点。</translation>
    </message>
    <message>
        <source>This is a web page, of a proxy or another server: check endpoint and proxy of the connection.</source>
        <translation>这是一个网页，来自代理或其他服务器：请检查连接的端点和代理。</translation>
    </message>
    <message>
        <source>Check that the Redshift Data API answers at the connection&apos;s endpoint.</source>
        <translation>请确认 Redshift Data API 在连接的端点上应答。</translation>
    </message>
    <message>
        <source>This computer&apos;s clock agrees with the server&apos;s.</source>
        <translation>本机时钟与服务器的时钟一致。</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>server: %1, here: %2</source>
        <translation>服务器：%1，本机：%2</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is %1 ahead of the server&apos;s (%2).</source>
        <translation>本机时钟比服务器的时钟快 %1（%2）。</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is %1 behind the server&apos;s (%2).</source>
        <translation>本机时钟比服务器的时钟慢 %1（%2）。</translation>
    </message>
</context>
<context>
    <name>RedshiftLifecycle</name>
    <message>
        <source>result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>The answer to DescribeStatement has no Status.</source>
        <translation>DescribeStatement 的应答没有 Status。</translation>
    </message>
    <message>
        <source>Cancelled while the statement was %1.</source>
        <translation>已取消，当时语句状态为 %1。</translation>
    </message>
</context>
<context>
    <name>RedshiftRequests</name>
    <message>
        <source>A request has no parameters.</source>
        <translation>请求没有参数。</translation>
    </message>
    <message>
        <source>Write the values into the request.</source>
        <translation>请把值直接写入请求。</translation>
    </message>
    <message>
        <source>request</source>
        <translation>请求</translation>
    </message>
</context>
<context>
    <name>RedshiftResult</name>
    <message>
        <source>The answer is JSON, but not a page of a result.</source>
        <translation>应答是 JSON，但不是一页结果。</translation>
    </message>
    <message>
        <source>The answer is an object without Records.</source>
        <translation>应答是不含 Records 的对象。</translation>
    </message>
    <message>
        <source>ColumnMetadata is not an array.</source>
        <translation>ColumnMetadata 不是数组。</translation>
    </message>
    <message>
        <source>ColumnMetadata has an entry that is not an object.</source>
        <translation>ColumnMetadata 有一项不是对象。</translation>
    </message>
    <message>
        <source>The columns of this page of the result are others than those of the pages before.</source>
        <translation>这一页结果的列与之前各页的不同。</translation>
    </message>
    <message>
        <source>The answer holds Records twice.</source>
        <translation>应答含有两个 Records。</translation>
    </message>
    <message>
        <source>The Records of the answer are not an array.</source>
        <translation>应答的 Records 不是数组。</translation>
    </message>
    <message>
        <source>The answer holds Records, but no ColumnMetadata.</source>
        <translation>应答含有 Records，但没有 ColumnMetadata。</translation>
    </message>
    <message>
        <source>The service counts %1 rows and sent %2.</source>
        <translation>服务计数为 %1 行，却发送了 %2 行。</translation>
    </message>
    <message>
        <source>Run the statement again.</source>
        <translation>请重新运行语句。</translation>
    </message>
    <message>
        <source>A row of the answer is not an array.</source>
        <translation>应答的一行不是数组。</translation>
    </message>
    <message>
        <source>%1 rows of the answer are larger than %2 bytes; the rest was not read.</source>
        <translation>应答的 %1 行大于 %2 字节；其余未读取。</translation>
    </message>
    <message>
        <source>A row has more values than there are columns.</source>
        <translation>一行的值多于列数。</translation>
    </message>
    <message>
        <source>A row of the answer ends after %1 of %2 values.</source>
        <translation>应答的一行在 %2 个值中的 %1 个之后结束。</translation>
    </message>
    <message>
        <source>A row of the answer has more than %1 values.</source>
        <translation>应答的一行超过 %1 个值。</translation>
    </message>
</context>
<context>
    <name>RedshiftRunner</name>
    <message>
        <source>statement</source>
        <translation>语句</translation>
    </message>
    <message>
        <source>The statement session had ended on the server; a new one has begun, without the temporary tables and settings of the old one.</source>
        <translation>服务器上的语句会话已结束；已开始新的会话，不含旧会话的临时表和设置。</translation>
    </message>
    <message>
        <source>The answer to %1 has no Id.</source>
        <translation>对 %1 的应答没有 Id。</translation>
    </message>
    <message>
        <source>Cancelled while another statement of the session was running.</source>
        <translation>会话的另一条语句正在运行时已取消。</translation>
    </message>
    <message>
        <source>state</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>The statement is empty.</source>
        <translation>语句为空。</translation>
    </message>
</context>
<context>
    <name>RedshiftSettings</name>
    <message>
        <source>Example: redshift://REGION/DATABASE?cluster=NAME or redshift://REGION/DATABASE?workgroup=NAME</source>
        <translation>例如：redshift://REGION/DATABASE?cluster=NAME 或 redshift://REGION/DATABASE?workgroup=NAME</translation>
    </message>
    <message>
        <source>The connection names a cluster and a workgroup.</source>
        <translation>连接同时指定了集群和工作组。</translation>
    </message>
    <message>
        <source>It is one of them: the cluster of provisioned nodes, or the workgroup of a serverless one.</source>
        <translation>只能是其中之一：预置节点的集群，或无服务器的工作组。</translation>
    </message>
    <message>
        <source>The connection names neither a cluster nor a workgroup.</source>
        <translation>连接既没有指定集群，也没有指定工作组。</translation>
    </message>
    <message>
        <source>A workgroup takes no database user.</source>
        <translation>工作组不接受数据库用户。</translation>
    </message>
    <message>
        <source>The user follows from the AWS identity, or from a secret (secret_arn).</source>
        <translation>用户由 AWS 身份或密钥（secret_arn）决定。</translation>
    </message>
    <message>
        <source>The connection names a secret and a database user.</source>
        <translation>连接同时指定了密钥和数据库用户。</translation>
    </message>
    <message>
        <source>The secret says which user it is: leave one of them out.</source>
        <translation>密钥已说明是哪个用户：请去掉其中一个。</translation>
    </message>
    <message>
        <source>The connection names no database.</source>
        <translation>连接没有指定数据库。</translation>
    </message>
    <message>
        <source>The connection has one half of the AWS keys only.</source>
        <translation>连接只有 AWS 密钥的一半。</translation>
    </message>
    <message>
        <source>An access key id and a secret access key go together: redshift://KEY:SECRET@REGION/…</source>
        <translation>access key id 和 secret access key 须成对给出：redshift://KEY:SECRET@REGION/…</translation>
    </message>
    <message>
        <source>The connection has a session token without AWS keys.</source>
        <translation>连接有会话令牌，但没有 AWS 密钥。</translation>
    </message>
    <message>
        <source>A session token belongs to an access key id and a secret access key.</source>
        <translation>会话令牌须与 access key id 和 secret access key 一起使用。</translation>
    </message>
    <message>
        <source>The connection has AWS keys and names an AWS profile.</source>
        <translation>连接有 AWS 密钥，又指定了 AWS 配置。</translation>
    </message>
    <message>
        <source>Leave one of them out.</source>
        <translation>请去掉其中一个。</translation>
    </message>
    <message>
        <source>The connection names no region, and neither AWS_REGION nor the AWS profile does.</source>
        <translation>连接没有指定区域，AWS_REGION 和 AWS 配置也没有。</translation>
    </message>
    <message>
        <source>A statement session lasts from 0 to 86400 seconds.</source>
        <translation>语句会话的时长为 0 到 86400 秒。</translation>
    </message>
    <message>
        <source>That is how long it is kept after a statement (session=SECONDS).</source>
        <translation>这是语句结束后会话保留的时间（session=SECONDS）。</translation>
    </message>
</context>
<context>
    <name>RedshiftStop</name>
    <message>
        <source>stop on the server</source>
        <translation>在服务器上停止</translation>
    </message>
    <message>
        <source>The server does not list the statement as running.</source>
        <translation>服务器列出的运行中语句里没有该语句。</translation>
    </message>
    <message>
        <source>%1 equal statements are running on the server; none was stopped.</source>
        <translation>服务器上有 %1 条相同的语句在运行；都没有停止。</translation>
    </message>
    <message>
        <source>The server did not stop the statement: %1</source>
        <translation>服务器没有停止语句：%1</translation>
    </message>
</context>
<context>
    <name>Registry</name>
    <message>
        <source>The file cannot be read; check its permissions.</source>
        <translation>无法读取文件；请检查其权限。</translation>
    </message>
    <message>
        <source>The file is empty; install the connector again.</source>
        <translation>文件为空；请重新安装连接器。</translation>
    </message>
    <message>
        <source>This is not a plugin that can be used here: %1 Install the connector again.</source>
        <translation>这不是此处可用的插件：%1 请重新安装连接器。</translation>
    </message>
    <message>
        <source>It was built for version %1 of the connector interface, this program has version %2; use a connector that was built for this program.</source>
        <translation>它为连接器接口版本 %1 构建，本程序为版本 %2；请使用为本程序构建的连接器。</translation>
    </message>
    <message>
        <source>It is a plugin of another kind (%1).</source>
        <translation>它是另一种插件（%1）。</translation>
    </message>
    <message>
        <source>%1 has the same id and was found first.</source>
        <translation>%1 具有相同的标识且先被找到。</translation>
    </message>
    <message>
        <source>It cannot be loaded: %1</source>
        <translation>无法加载：%1</translation>
    </message>
    <message>
        <source>The file has gone since the program started; install the connector again and restart.</source>
        <translation>文件在程序启动后消失；请重新安装连接器并重启。</translation>
    </message>
    <message>
        <source>Its root object is not a connector.</source>
        <translation>其根对象不是连接器。</translation>
    </message>
    <message>
        <source>There is no connector &quot;%1&quot;.</source>
        <translation>没有连接器“%1”。</translation>
    </message>
    <message>
        <source>The command &quot;connectors&quot; lists those that there are.</source>
        <translation>命令“connectors”列出现有的连接器。</translation>
    </message>
    <message>
        <source>The connector &quot;%1&quot; cannot be used: %2</source>
        <translation>连接器“%1”无法使用：%2</translation>
    </message>
    <message>
        <source>Its file is %1.</source>
        <translation>其文件为 %1。</translation>
    </message>
    <message>
        <source>The end of the file is missing; install the connector again.</source>
        <translation>文件的结尾缺失；请重新安装连接器。</translation>
    </message>
</context>
<context>
    <name>RequestAssembly</name>
    <message>
        <source>The log-in &quot;AWS&quot; names no region and service, and the host does not tell them.</source>
        <translation>登录“AWS”没有给出区域和服务，主机名也看不出来。</translation>
    </message>
    <message>
        <source>It reads &quot;Authorization: AWS region:us-east-1 service:lambda&quot;.</source>
        <translation>它写作 &quot;Authorization: AWS region:us-east-1 service:lambda&quot;。</translation>
    </message>
    <message>
        <source>%1 requests are not sent by this program.</source>
        <translation>本程序不发送 %1 请求。</translation>
    </message>
    <message>
        <source>A GraphQL query is a POST of {&quot;query&quot;: &quot;…&quot;}.</source>
        <translation>GraphQL 查询是对 {&quot;query&quot;: &quot;…&quot;} 的 POST。</translation>
    </message>
    <message>
        <source>The request has a path and no host.</source>
        <translation>请求有路径而没有主机。</translation>
    </message>
    <message>
        <source>Write the whole URL, or say which connection it is for (-c NAME or --url URL).</source>
        <translation>请写完整的 URL，或说明用于哪个连接（-c NAME 或 --url URL）。</translation>
    </message>
</context>
<context>
    <name>RequestChecks</name>
    <message>
        <source>The check &quot;%1&quot; is not understood.</source>
        <translation>不理解检查“%1”。</translation>
    </message>
    <message>
        <source>Checks read: status 200, header NAME contains text, /json/pointer == 5, body matches REGEX; with == != &lt; &lt;= &gt; &gt;= contains matches exists missing.</source>
        <translation>检查的写法：status 200、header NAME contains text、/json/pointer == 5、body matches REGEX；可用 == != &lt; &lt;= &gt; &gt;= contains matches exists missing。</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>RequestDocument</name>
    <message>
        <source>This is neither a request line nor a comment.</source>
        <translation>这既不是请求行也不是注释。</translation>
    </message>
    <message>
        <source>A request line reads METHOD URL, such as GET https://example.com/; requests are parted by lines of ###.</source>
        <translation>请求行写作 METHOD URL，例如 GET https://example.com/；请求之间用 ### 行分隔。</translation>
    </message>
    <message>
        <source>A variable reads @name = value.</source>
        <translation>变量写作 @name = value。</translation>
    </message>
    <message>
        <source>The script that begins here is not closed.</source>
        <translation>此处开始的脚本没有闭合。</translation>
    </message>
    <message>
        <source>It ends with %}.</source>
        <translation>它以 %} 结束。</translation>
    </message>
    <message>
        <source>This line is not a header.</source>
        <translation>此行不是标头。</translation>
    </message>
    <message>
        <source>A header reads &quot;Name: value&quot;; an empty line separates headers and body.</source>
        <translation>标头写作“名称: 值”；空行分隔标头与正文。</translation>
    </message>
</context>
<context>
    <name>RequestEnvironment</name>
    <message>
        <source>an object of environments is due here.</source>
        <translation>此处应为各环境的对象。</translation>
    </message>
    <message>
        <source>this is not JSON.</source>
        <translation>这不是 JSON。</translation>
    </message>
    <message>
        <source>an object of names and values is due here.</source>
        <translation>此处应为名称和值的对象。</translation>
    </message>
    <message>
        <source>There is no environment named &quot;%1&quot;.</source>
        <translation>没有名为“%1”的环境。</translation>
    </message>
    <message>
        <source>Known environments: %1</source>
        <translation>已知的环境：%1</translation>
    </message>
    <message>
        <source>Environments stand in http-client.env.json beside the document.</source>
        <translation>环境写在文档旁边的 http-client.env.json 中。</translation>
    </message>
</context>
<context>
    <name>RequestFiles</name>
    <message>
        <source>There is no file %1.</source>
        <translation>没有文件 %1。</translation>
    </message>
    <message>
        <source>The file %1 cannot be read: %2</source>
        <translation>无法读取文件 %1：%2</translation>
    </message>
    <message>
        <source>The file %1 is larger than %2 bytes.</source>
        <translation>文件 %1 大于 %2 字节。</translation>
    </message>
</context>
<context>
    <name>RequestFilesTr</name>
    <message>
        <source>{{$base64 PATH}} in a request stands for a file; its path is looked up from the folder where the program was started.</source>
        <translation>请求中的 {{$base64 PATH}} 代表一个文件；其路径从程序启动时所在的文件夹开始查找。</translation>
    </message>
</context>
<context>
    <name>RequestResolver</name>
    <message>
        <source>The variable &quot;%1&quot; refers to itself.</source>
        <translation>变量“%1”引用了自身。</translation>
    </message>
    <message>
        <source>The variable &quot;%1&quot; has no value.</source>
        <translation>变量“%1”没有值。</translation>
    </message>
    <message>
        <source>Give it one by a line &quot;@%1 = …&quot; above the request, or by an environment (--env NAME) of http-client.env.json.</source>
        <translation>请在请求之前用一行 &quot;@%1 = …&quot; 赋值，或用 http-client.env.json 的一个环境（--env NAME）。</translation>
    </message>
    <message>
        <source>The answer of the request &quot;%1&quot; has not come.</source>
        <translation>请求“%1”的应答还没有到。</translation>
    </message>
    <message>
        <source>It has to stand before, under this name (# @name %1).</source>
        <translation>它必须在此之前，并用这个名称（# @name %1）。</translation>
    </message>
    <message>
        <source>The answer of the request &quot;%1&quot; has no %2.</source>
        <translation>请求“%1”的应答没有 %2。</translation>
    </message>
    <message>
        <source>A value of JSON is named body.$.a.b[0] or body./a/b/0, a header headers.Name, the whole body.*</source>
        <translation>JSON 的值写作 body.$.a.b[0] 或 body./a/b/0，标头写作 headers.Name，整个正文写作 body.*</translation>
    </message>
</context>
<context>
    <name>RequestRunTr</name>
    <message>
        <source>The answer did not end within %1 ms.</source>
        <translation>应答没有在 %1 毫秒内结束。</translation>
    </message>
</context>
<context>
    <name>RequestSender</name>
    <message>
        <source>The server redirected more than %1 times.</source>
        <translation>服务器重定向超过 %1 次。</translation>
    </message>
</context>
<context>
    <name>RequestTr</name>
    <message>
        <source>Line %1 of the request is not a header.</source>
        <translation>请求的第 %1 行不是标头。</translation>
    </message>
    <message>
        <source>A header reads &quot;Name: value&quot;; an empty line separates headers and body.</source>
        <translation>标头写作“名称: 值”；空行分隔标头与正文。</translation>
    </message>
    <message>
        <source>Nothing was sent.</source>
        <translation>没有发送任何内容。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a header name.</source>
        <translation>“%1”不是标头名。</translation>
    </message>
    <message>
        <source>The value of the header &quot;%1&quot; holds a line break.</source>
        <translation>标头“%1”的值含有换行。</translation>
    </message>
    <message>
        <source>Only http and https requests can be sent, not &quot;%1&quot;.</source>
        <translation>只能发送 http 和 https 请求，不能发送“%1”。</translation>
    </message>
    <message>
        <source>The URL names no host.</source>
        <translation>URL 没有主机。</translation>
    </message>
    <message>
        <source>The URL of a request must not hold a user or password; they go into the log-in.</source>
        <translation>请求的 URL 不得含有用户或密码；它们属于登录设置。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a request method.</source>
        <translation>“%1”不是请求方法。</translation>
    </message>
    <message>
        <source>A HEAD request cannot carry a body.</source>
        <translation>HEAD 请求不能带正文。</translation>
    </message>
</context>
<context>
    <name>RequestVariables</name>
    <message>
        <source>%1 needs a name.</source>
        <translation>%1 需要一个名称。</translation>
    </message>
    <message>
        <source>No .env file gives %1 a value.</source>
        <translation>没有 .env 文件给 %1 赋值。</translation>
    </message>
    <message>
        <source>It is looked for beside the document and in the folders above.</source>
        <translation>会在文档旁边和上级文件夹中查找。</translation>
    </message>
    <message>
        <source>The environment variable %1 is not set.</source>
        <translation>环境变量 %1 没有设置。</translation>
    </message>
    <message>
        <source>The file %1 cannot be read: %2</source>
        <translation>无法读取文件 %1：%2</translation>
    </message>
    <message>
        <source>{{$base64 PATH}} stands for a file; its path is looked up beside the document, then from the folder where the program was started.</source>
        <translation>{{$base64 PATH}} 代表一个文件；其路径先在文档旁边查找，然后从程序启动时所在的文件夹查找。</translation>
    </message>
    <message>
        <source>A random number needs a smallest and a larger number.</source>
        <translation>随机数需要一个最小数和一个更大的数。</translation>
    </message>
    <message>
        <source>There is no variable %1.</source>
        <translation>没有变量 %1。</translation>
    </message>
    <message>
        <source>Known are $uuid, $timestamp, $isoTimestamp, $datetime, $localDatetime, $randomInt, $random.…, $processEnv, $dotenv and $base64.</source>
        <translation>可用的有 $uuid、$timestamp、$isoTimestamp、$datetime、$localDatetime、$randomInt、$random.…、$processEnv、$dotenv 和 $base64。</translation>
    </message>
</context>
<context>
    <name>RequestWriters</name>
    <message>
        <source>a secret in the URL, percent-encoded</source>
        <translation>URL 中的机密，百分号编码</translation>
    </message>
    <message>
        <source>the value of the header %1</source>
        <translation>标头 %1 的值</translation>
    </message>
</context>
<context>
    <name>RowDecoder</name>
    <message>
        <source>A row of the answer is neither an array nor an object.</source>
        <translation>应答的一行既不是数组也不是对象。</translation>
    </message>
    <message>
        <source>%1 rows of the answer are larger than %2 bytes; the rest was not read.</source>
        <translation>应答的 %1 行大于 %2 字节；其余未读取。</translation>
    </message>
    <message>
        <source>A row of the answer has more than %1 values.</source>
        <translation>应答的一行超过 %1 个值。</translation>
    </message>
    <message>
        <source>A row of the answer has the key &quot;%1&quot; where &quot;%2&quot; was expected.</source>
        <translation>应答的一行中出现键“%1”，而应为“%2”。</translation>
    </message>
    <message>
        <source>A row of the answer ends after %1 of %2 values.</source>
        <translation>应答的一行在 %2 个值中的 %1 个之后结束。</translation>
    </message>
</context>
<context>
    <name>RunnerTr</name>
    <message>
        <source>The service has the statement under the Id %1: its end and its result can be seen among the recent statements.</source>
        <translation>服务中该语句的 Id 为 %1：可在最近的语句中查看它的结束状态和结果。</translation>
    </message>
    <message>
        <source>The statement was aborted on the server.</source>
        <translation>语句已在服务器上中止。</translation>
    </message>
</context>
<context>
    <name>SandboxTr</name>
    <message>
        <source>There is no port %1.</source>
        <translation>没有端口 %1。</translation>
    </message>
    <message>
        <source>[--port-base N]</source>
        <translation>[--port-base N]</translation>
    </message>
    <message>
        <source>Serves sample data on loopback in every dialect that has a sandbox, until interrupted.</source>
        <translation>在本机以每种带沙盒的方言提供示例数据，直到被中断。</translation>
    </message>
    <message>
        <source>Prints one line of JSON with the URL of each, once all of them listen.</source>
        <translation>全部开始监听后，输出一行含各自 URL 的 JSON。</translation>
    </message>
    <message>
        <source>N</source>
        <translation>N</translation>
    </message>
    <message>
        <source>ports N, N+1, … (default: free ones)</source>
        <translation>端口 N、N+1……（默认：空闲端口）</translation>
    </message>
</context>
<context>
    <name>SavedConnection</name>
    <message>
        <source>The connection was written by a newer version of this program.</source>
        <translation>该连接由本程序的更新版本写入。</translation>
    </message>
    <message>
        <source>The connection cannot be read: &quot;%1&quot; is missing or not what it should be.</source>
        <translation>无法读取连接：“%1”缺失或内容不符合要求。</translation>
    </message>
    <message>
        <source>This is no JSON: %1 at byte %2.</source>
        <translation>这不是 JSON：%1，位于字节 %2。</translation>
    </message>
    <message>
        <source>The connection has a network setting &quot;%1&quot;, which is not known here.</source>
        <translation>连接有网络设置“%1”，此处不认识它。</translation>
    </message>
</context>
<context>
    <name>SearchTr</name>
    <message>
        <source>Use keys: in the connection, in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, in a profile with aws_access_key_id and aws_secret_access_key, or a profile with credential_process.</source>
        <translation>请使用密钥：写在连接中，写在 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY 中，写在含 aws_access_key_id 和 aws_secret_access_key 的 AWS 配置中，或使用含 credential_process 的 AWS 配置。</translation>
    </message>
    <message>
        <source>The profile %1 in %2 has %3: %4 is not supported.</source>
        <translation>%2 中的 AWS 配置 %1 含有 %3：不支持%4。</translation>
    </message>
    <message>
        <source>The connection has one half of the AWS keys only.</source>
        <translation>连接只有 AWS 密钥的一半。</translation>
    </message>
    <message>
        <source>An access key id and a secret access key go together.</source>
        <translation>access key id 和 secret access key 须成对给出。</translation>
    </message>
    <message>
        <source>connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>The environment has AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY.</source>
        <translation>环境变量中有 AWS_ACCESS_KEY_ID，但没有 AWS_SECRET_ACCESS_KEY。</translation>
    </message>
    <message>
        <source>Set both, or neither.</source>
        <translation>请两个都设置，或都不设置。</translation>
    </message>
    <message>
        <source>environment</source>
        <translation>环境变量</translation>
    </message>
    <message>
        <source>taking on a role</source>
        <translation>担任角色</translation>
    </message>
    <message>
        <source>The environment has AWS_WEB_IDENTITY_TOKEN_FILE: taking on a role by a web identity is not supported.</source>
        <translation>环境变量中有 AWS_WEB_IDENTITY_TOKEN_FILE：不支持凭 Web 身份担任角色。</translation>
    </message>
    <message>
        <source>single sign-on</source>
        <translation>单点登录</translation>
    </message>
    <message>
        <source>The profile %1 in %2 has aws_access_key_id without aws_secret_access_key.</source>
        <translation>%2 中的 AWS 配置 %1 有 aws_access_key_id，但没有 aws_secret_access_key。</translation>
    </message>
    <message>
        <source>profile %1 in %2</source>
        <translation>%2 中的 AWS 配置 %1</translation>
    </message>
    <message>
        <source>credential_process of the profile %1 in %2 gave no credentials: %3</source>
        <translation>%2 中 AWS 配置 %1 的 credential_process 没有给出凭证：%3</translation>
    </message>
    <message>
        <source>it was ended by a signal</source>
        <translation>它被信号终止</translation>
    </message>
    <message>
        <source>it ended with code %1</source>
        <translation>它以代码 %1 结束</translation>
    </message>
    <message>
        <source>credential_process of the profile %1 in %2</source>
        <translation>%2 中 AWS 配置 %1 的 credential_process</translation>
    </message>
    <message>
        <source>The environment has %1: credentials from the metadata of a container are not supported.</source>
        <translation>环境变量中有 %1：不支持来自容器元数据的凭证。</translation>
    </message>
    <message>
        <source>the profile %1 in %2 and %3</source>
        <translation>%2 和 %3 中的 AWS 配置 %1</translation>
    </message>
    <message>
        <source>the environment (AWS_ACCESS_KEY_ID), %1</source>
        <translation>环境变量（AWS_ACCESS_KEY_ID）、%1</translation>
    </message>
    <message>
        <source>There are no AWS credentials. Looked for in: the connection, %1.</source>
        <translation>没有 AWS 凭证。已查找：连接、%1。</translation>
    </message>
    <message>
        <source>There is no profile %1 in %2 or %3.</source>
        <translation>%2 和 %3 中都没有 AWS 配置 %1。</translation>
    </message>
    <message>
        <source>In the config file its section reads [profile NAME], in the credentials file [NAME].</source>
        <translation>在 config 文件中其小节写作 [profile NAME]，在 credentials 文件中写作 [NAME]。</translation>
    </message>
</context>
<context>
    <name>SecretReference</name>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
</context>
<context>
    <name>SecretSources</name>
    <message>
        <source>The environment variable %1, which holds &quot;%2&quot; of the connection, is not set.</source>
        <translation>保存连接的“%2”的环境变量 %1 未设置。</translation>
    </message>
    <message>
        <source>%1 is kept as &quot;%2&quot;, which is not known here.</source>
        <translation>%1 以“%2”方式保存，此处不识别该方式。</translation>
    </message>
    <message>
        <source>It can be ${keychain}, ${env:NAME} or ${command:COMMAND}.</source>
        <translation>它可以是 ${keychain}、${env:NAME} 或 ${command:COMMAND}。</translation>
    </message>
    <message>
        <source>Give it for this run by --password-env VAR or --password-stdin, or keep it: ondograph connections secret &quot;%1&quot; --password-stdin</source>
        <translation>请用 --password-env VAR 或 --password-stdin 在本次运行中给出，或保存它：ondograph connections secret &quot;%1&quot; --password-stdin</translation>
    </message>
    <message>
        <source>&quot;%1&quot; of the connection &quot;%2&quot; is in the keychain, which does not give it: %3</source>
        <translation>连接“%2”的“%1”在密钥链中，而密钥链不给出它：%3</translation>
    </message>
    <message>
        <source>The keychain of this computer holds no &quot;%1&quot; for the connection &quot;%2&quot;.</source>
        <translation>本机的密钥链中没有连接“%2”的“%1”。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; of the connection &quot;%2&quot; comes from a command that you have not allowed to run: %3</source>
        <translation>连接“%2”的“%1”来自一条尚未允许运行的命令：%3</translation>
    </message>
    <message>
        <source>If it does what it should, allow it once: ondograph connections allow &quot;%1&quot;</source>
        <translation>如果它做的是该做的事，请允许它一次：ondograph connections allow &quot;%1&quot;</translation>
    </message>
    <message>
        <source>The command that gives &quot;%1&quot; of the connection &quot;%2&quot; failed</source>
        <translation>给出连接“%2”的“%1”的命令失败了</translation>
    </message>
    <message>
        <source>%1: it ended with %2.</source>
        <translation>%1：它以 %2 结束。</translation>
    </message>
    <message>
        <source>Run it in a terminal to see what it says: what it prints is not shown here, since it may hold the secret.</source>
        <translation>请在终端中运行它以查看它的输出：此处不显示它的输出，因为其中可能有机密。</translation>
    </message>
    <message>
        <source>%1: the first line that it printed is empty.</source>
        <translation>%1：它输出的第一行是空的。</translation>
    </message>
</context>
<context>
    <name>Separated</name>
    <message>
        <source>Line %1: a quote is opened and never closed.</source>
        <translation>第 %1 行：引号打开后没有闭合。</translation>
    </message>
    <message>
        <source>Line %1 has %2 values, the first line names %3.</source>
        <translation>第 %1 行有 %2 个值，第一行给出了 %3 个名称。</translation>
    </message>
</context>
<context>
    <name>SeparatedTr</name>
    <message>
        <source>The first line has to name the columns.</source>
        <translation>第一行必须给出列名。</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>This server takes no batches: run the statements one after another.</source>
        <translation>此服务器不接受批处理：请逐条运行语句。</translation>
    </message>
    <message>
        <source>There is nothing to call here.</source>
        <translation>这里没有可调用的内容。</translation>
    </message>
    <message>
        <source>This connection has no token: each request carries the log-in itself.</source>
        <translation>此连接没有令牌：每个请求自带登录信息。</translation>
    </message>
    <message>
        <source>No rows can be written here.</source>
        <translation>此处不能写入行。</translation>
    </message>
</context>
<context>
    <name>SessionTr</name>
    <message>
        <source>&quot;%1&quot; is no number of rows per block (chunk_size).</source>
        <translation>“%1”不是有效的每块行数（chunk_size）。</translation>
    </message>
    <message>
        <source>It lies between 1 and %1; 1000 is usual.</source>
        <translation>取值在 1 到 %1 之间；通常为 1000。</translation>
    </message>
</context>
<context>
    <name>ShellWords</name>
    <message>
        <source>What follows &quot;%1&quot; in line %2, column %3 is another command and was left out.</source>
        <translation>第 %2 行第 %3 列的“%1”之后是另一条命令，已略去。</translation>
    </message>
    <message>
        <source>the line&apos;s end</source>
        <translation>行尾</translation>
    </message>
    <message>
        <source>The redirection in line %1, column %2 was left out; &lt; and &gt; that belong to the text stand in quotes.</source>
        <translation>第 %1 行第 %2 列的重定向已略去；属于文本的 &lt; 和 &gt; 要放在引号中。</translation>
    </message>
    <message>
        <source>Left as text, because no shell reads this: %1</source>
        <translation>保留为文本，因为没有 shell 读取它：%1</translation>
    </message>
    <message>
        <source>What begins in line %1, column %2 is another command and was left out.</source>
        <translation>第 %1 行第 %2 列开始的是另一条命令，已略去。</translation>
    </message>
</context>
<context>
    <name>ShellWordsTr</name>
    <message>
        <source>The quote %1 is not closed.</source>
        <translation>引号 %1 没有闭合。</translation>
    </message>
    <message>
        <source>A quote inside a quoted text is written as the shell wants it: &apos;\&apos;&apos; in sh, ^&quot; in cmd, &apos;&apos; in PowerShell.</source>
        <translation>引号中的引号按各 shell 的写法：sh 中为 &apos;\&apos;&apos;，cmd 中为 ^&quot;，PowerShell 中为 &apos;&apos;。</translation>
    </message>
</context>
<context>
    <name>ShellWritersTr</name>
    <message>
        <source>body.bin holds these bytes, written in base64 here: %1</source>
        <translation>body.bin 含有这些字节，此处以 base64 写出：%1</translation>
    </message>
</context>
<context>
    <name>StatementRun</name>
    <message>
        <source>The statement was stopped. What had come until then is shown.</source>
        <translation>语句已停止。此前收到的内容已显示。</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>cannot be told</source>
        <translation>无法判断</translation>
    </message>
    <message>
        <source>cut: stopped</source>
        <translation>截断：已停止</translation>
    </message>
    <message>
        <source>cut: row limit</source>
        <translation>截断：行数上限</translation>
    </message>
    <message>
        <source>cut: server&apos;s limit</source>
        <translation>截断：服务器上限</translation>
    </message>
    <message>
        <source>cut: broken off</source>
        <translation>截断：中途断开</translation>
    </message>
    <message>
        <source>These are all rows of the result.</source>
        <translation>这是结果的全部行。</translation>
    </message>
    <message>
        <source>As many rows came as this server gives at most. There may be more.</source>
        <translation>收到的行数正好是服务器最多给出的数目。可能还有更多。</translation>
    </message>
    <message>
        <source>This server ends a result in the same way whether or not it was cut, so nobody can tell whether these are all rows. A LIMIT in the statement makes it certain.</source>
        <translation>无论结果是否被截断，这个服务器都以同样方式结束，因此无法判断这是否为全部行。在语句中写明 LIMIT 即可确定。</translation>
    </message>
    <message>
        <source>You stopped the statement. The rows that had come until then are shown.</source>
        <translation>语句由你停止。此前收到的行已显示。</translation>
    </message>
    <message>
        <source>The row limit of this tab was reached. The server has more rows.</source>
        <translation>已达到本标签页的行数上限。服务器还有更多行。</translation>
    </message>
    <message>
        <source>The server cut the result at a limit of its own.</source>
        <translation>服务器按自己的上限截断了结果。</translation>
    </message>
    <message>
        <source>The answer broke off. The rows that had come until then are shown; more are missing.</source>
        <translation>应答中途断开。此前收到的行已显示，其余缺失。</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
</context>
<context>
    <name>StopTr</name>
    <message>
        <source>Stopped on the server.</source>
        <translation>已在服务器上停止。</translation>
    </message>
    <message>
        <source>The statement had finished before the server could stop it.</source>
        <translation>服务器停止语句之前，语句已完成。</translation>
    </message>
    <message>
        <source>The statement had failed before the server could stop it.</source>
        <translation>服务器停止语句之前，语句已失败。</translation>
    </message>
    <message>
        <source>The server took the request to stop; the statement is still %1.</source>
        <translation>服务器已接受停止请求；语句状态仍为 %1。</translation>
    </message>
</context>
<context>
    <name>StoreTr</name>
    <message>
        <source>Cancelled while looking for AWS credentials.</source>
        <translation>查找 AWS 凭证时已取消。</translation>
    </message>
    <message>
        <source>There is no saved connection named &quot;%1&quot;.</source>
        <translation>没有名为“%1”的已保存连接。</translation>
    </message>
    <message>
        <source>&quot;ondograph connections list&quot; lists them.</source>
        <translation>“ondograph connections list”会列出它们。</translation>
    </message>
</context>
<context>
    <name>TDengine</name>
    <message>
        <source>request</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>The connection has no token.</source>
        <translation>连接没有令牌。</translation>
    </message>
    <message>
        <source>With auth=bearer the token stands in the place of the password: tdengine://:TOKEN@HOST/…</source>
        <translation>使用 auth=bearer 时，令牌放在密码的位置：tdengine://:TOKEN@HOST/…</translation>
    </message>
    <message>
        <source>The server takes no log-in without both: tdengine://USER:PASSWORD@HOST:PORT/DATABASE</source>
        <translation>服务器要求两者都有才能登录：tdengine://USER:PASSWORD@HOST:PORT/DATABASE</translation>
    </message>
    <message>
        <source>The connection names no user.</source>
        <translation>连接没有指定用户。</translation>
    </message>
    <message>
        <source>The connection has no password.</source>
        <translation>连接没有密码。</translation>
    </message>
    <message>
        <source>A user name with a colon cannot be sent.</source>
        <translation>含冒号的用户名无法发送。</translation>
    </message>
    <message>
        <source>Use auth=token in the connection.</source>
        <translation>请在连接中使用 auth=token。</translation>
    </message>
    <message>
        <source>A request has no parameters.</source>
        <translation>请求没有参数。</translation>
    </message>
    <message>
        <source>Write the values into the request.</source>
        <translation>请把值直接写入请求。</translation>
    </message>
    <message>
        <source>The statement is empty.</source>
        <translation>语句为空。</translation>
    </message>
    <message>
        <source>statement</source>
        <translation>语句</translation>
    </message>
    <message>
        <source>The connection names no host.</source>
        <translation>连接没有指定主机。</translation>
    </message>
    <message>
        <source>Example: tdengine://USER:PASSWORD@HOST:6041/</source>
        <translation>例如：tdengine://USER:PASSWORD@HOST:6041/</translation>
    </message>
    <message>
        <source>This connection fetches no token.</source>
        <translation>此连接不获取令牌。</translation>
    </message>
    <message>
        <source>the table of the row</source>
        <translation>该行所在的表</translation>
    </message>
</context>
<context>
    <name>TDengineAnswer</name>
    <message>
        <source>Connection lost after %1 rows: %2</source>
        <translation>%1 行后连接断开：%2</translation>
    </message>
    <message>
        <source>The answer is JSON, but not an object with code or status.</source>
        <translation>应答是 JSON，但不是带有 code 或 status 的对象。</translation>
    </message>
    <message>
        <source>The answer is an object with neither code nor status.</source>
        <translation>应答是对象，但既无 code 也无 status。</translation>
    </message>
    <message>
        <source>The code of the answer is not an integer.</source>
        <translation>应答的 code 不是整数。</translation>
    </message>
    <message>
        <source>The status of the answer is not a text.</source>
        <translation>应答的 status 不是文本。</translation>
    </message>
    <message>
        <source>column_meta has an entry that is not an array.</source>
        <translation>column_meta 有一项不是数组。</translation>
    </message>
    <message>
        <source>A column&apos;s name in column_meta is not a text.</source>
        <translation>column_meta 中的列名不是文本。</translation>
    </message>
    <message>
        <source>A column&apos;s type in column_meta is neither a text nor an integer.</source>
        <translation>column_meta 中的列类型既不是文本也不是整数。</translation>
    </message>
    <message>
        <source>The data of the answer is not an array.</source>
        <translation>应答的 data 不是数组。</translation>
    </message>
    <message>
        <source>The answer holds data twice.</source>
        <translation>应答含有两个 data。</translation>
    </message>
    <message>
        <source>The answer holds data, but neither column_meta nor head.</source>
        <translation>应答含有 data，但既无 column_meta 也无 head。</translation>
    </message>
    <message>
        <source>The answer holds %1 rows, and says that they are %2.</source>
        <translation>应答中有 %1 行，却声明为 %2 行。</translation>
    </message>
    <message>
        <source>The answer holds columns, but no data.</source>
        <translation>应答中有列，但没有数据。</translation>
    </message>
</context>
<context>
    <name>TDengineCatalog</name>
    <message>
        <source>catalogue</source>
        <translation>目录</translation>
    </message>
</context>
<context>
    <name>TDengineStop</name>
    <message>
        <source>stop on the server</source>
        <translation>在服务器上停止</translation>
    </message>
    <message>
        <source>The server no longer lists the statement: it has ended.</source>
        <translation>服务器已不再列出该语句：它已结束。</translation>
    </message>
    <message>
        <source>%1 equal statements are running on the server; none was stopped.</source>
        <translation>服务器上有 %1 条相同的语句在运行；都没有停止。</translation>
    </message>
    <message>
        <source>Stopped on the server (%1).</source>
        <translation>已在服务器上停止（%1）。</translation>
    </message>
    <message>
        <source>The server did not stop the statement: %1</source>
        <translation>服务器没有停止语句：%1</translation>
    </message>
    <message>
        <source>The statement ended before the server could stop it.</source>
        <translation>服务器停止该语句之前，它已结束。</translation>
    </message>
</context>
<context>
    <name>TaskTr</name>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
</context>
<context>
    <name>Timescale</name>
    <message>
        <source>This API takes requests and no SQL; nothing was sent.</source>
        <translation>此 API 接受请求，不接受 SQL；没有发送任何内容。</translation>
    </message>
    <message>
        <source>Write a request, such as: GET /ticker?symbol=MSFT — what it selects is up to the function behind the API.</source>
        <translation>请写一个请求，例如：GET /ticker?symbol=MSFT — 它选取什么由 API 背后的函数决定。</translation>
    </message>
    <message>
        <source>The request was given up here; a function behind a gateway cannot be stopped and may still be running.</source>
        <translation>此处已放弃该请求；网关背后的函数无法停止，可能仍在运行。</translation>
    </message>
    <message>
        <source>A gateway takes no SQL, so that it cannot be asked for aggregates.</source>
        <translation>网关不接受 SQL，因此无法向它请求聚合。</translation>
    </message>
    <message>
        <source>Chart the rows of a request, or have the function offer aggregates as parameters.</source>
        <translation>请用请求返回的行绘图，或让函数以参数形式提供聚合。</translation>
    </message>
    <message>
        <source>This resource is not in the catalogue.</source>
        <translation>此资源不在目录中。</translation>
    </message>
    <message>
        <source>The environment variable %1 (%2 of the connection) is not set.</source>
        <translation>环境变量 %1（连接的 %2）未设置。</translation>
    </message>
    <message>
        <source>The connection has no API key.</source>
        <translation>连接没有 API 密钥。</translation>
    </message>
    <message>
        <source>Name the environment variable that holds it: api_key_env=VAR</source>
        <translation>请指定保存它的环境变量：api_key_env=VAR</translation>
    </message>
    <message>
        <source>The connection has no token.</source>
        <translation>连接没有令牌。</translation>
    </message>
    <message>
        <source>Name the environment variable that holds it: token_env=VAR</source>
        <translation>请指定保存它的环境变量：token_env=VAR</translation>
    </message>
    <message>
        <source>An AWS access key is an ID and a secret: one of them is missing.</source>
        <translation>AWS 访问密钥由 ID 和 secret 组成：缺少其中一个。</translation>
    </message>
    <message>
        <source>&quot;endpoint&quot; is not a URL.</source>
        <translation>“endpoint”不是 URL。</translation>
    </message>
    <message>
        <source>It reads https://HOST:PORT</source>
        <translation>它写作 https://HOST:PORT</translation>
    </message>
    <message>
        <source>No region is known, which a signature names.</source>
        <translation>签名须写明区域，但区域未知。</translation>
    </message>
    <message>
        <source>Add region=us-east-1, or set AWS_REGION.</source>
        <translation>请添加 region=us-east-1，或设置 AWS_REGION。</translation>
    </message>
    <message>
        <source>&quot;batch&quot; is the number of records that go in one request: 1 or more.</source>
        <translation>“batch”是一个请求中的记录数：1 或更大。</translation>
    </message>
    <message>
        <source>&quot;pointer&quot; is not a JSON pointer.</source>
        <translation>“pointer”不是 JSON 指针。</translation>
    </message>
    <message>
        <source>It begins with a slash: /data/rows</source>
        <translation>它以斜杠开头：/data/rows</translation>
    </message>
    <message>
        <source>&quot;columns&quot; is not understood at &quot;%1&quot;.</source>
        <translation>无法理解“columns”中“%1”处的内容。</translation>
    </message>
    <message>
        <source>It reads /insert(time,symbol:text,price_open);/other(a,b)</source>
        <translation>它写作 /insert(time,symbol:text,price_open);/other(a,b)</translation>
    </message>
    <message>
        <source>The connection names no function.</source>
        <translation>连接没有指定函数。</translation>
    </message>
    <message>
        <source>Example: timescale+lambda://us-east-1/my_function</source>
        <translation>例如：timescale+lambda://us-east-1/my_function</translation>
    </message>
    <message>
        <source>The connection names no host.</source>
        <translation>连接没有指定主机。</translation>
    </message>
    <message>
        <source>Example: timescale://ID.execute-api.us-east-1.amazonaws.com/prod</source>
        <translation>例如：timescale://ID.execute-api.us-east-1.amazonaws.com/prod</translation>
    </message>
    <message>
        <source>&quot;token_url&quot; is not a URL.</source>
        <translation>“token_url”不是 URL。</translation>
    </message>
    <message>
        <source>It reads https://HOST/PATH</source>
        <translation>它写作 https://HOST/PATH</translation>
    </message>
    <message>
        <source>The connection has no refresh token.</source>
        <translation>连接没有刷新令牌。</translation>
    </message>
    <message>
        <source>Name the environment variable that holds it: refresh_token_env=VAR</source>
        <translation>请给出存放它的环境变量：refresh_token_env=VAR</translation>
    </message>
    <message>
        <source>Client credentials are a client ID and a client secret: one of them is missing.</source>
        <translation>客户端凭据由客户端 ID 和客户端机密组成：缺少其中之一。</translation>
    </message>
    <message>
        <source>client_id=ID, and the environment variable that holds the secret: client_secret_env=VAR</source>
        <translation>client_id=ID，以及存放机密的环境变量：client_secret_env=VAR</translation>
    </message>
</context>
<context>
    <name>TimescaleAnswer</name>
    <message>
        <source>%1 MB received</source>
        <translation>已接收 %1 MB</translation>
    </message>
    <message>
        <source>Connection lost after %1 rows: %2</source>
        <translation>%1 行后连接断开：%2</translation>
    </message>
    <message>
        <source>The answer is longer than %1 bytes and is no array of rows.</source>
        <translation>应答超过 %1 字节，且不是行的数组。</translation>
    </message>
    <message>
        <source>The answer holds nothing at &quot;%1&quot;.</source>
        <translation>应答在“%1”处没有内容。</translation>
    </message>
    <message>
        <source>&quot;pointer&quot; of the connection is a JSON pointer to the rows, such as /data/rows; without it they are looked for where they usually are.</source>
        <translation>连接的“pointer”是指向行的 JSON 指针，例如 /data/rows；没有它时，在通常的位置查找行。</translation>
    </message>
    <message>
        <source>Ask for fewer rows, or have the function give every row the same keys.</source>
        <translation>请减少请求的行数，或让函数给每一行相同的键。</translation>
    </message>
    <message>
        <source>The answer is not JSON.</source>
        <translation>应答不是 JSON。</translation>
    </message>
    <message>
        <source>The answer is not JSON behind this place, or ends early.</source>
        <translation>应答在此位置之后不是 JSON，或提前结束。</translation>
    </message>
    <message>
        <source>The text in &quot;body&quot; is not in the form of rows: %1</source>
        <translation>“body”中的文本不是行的形式：%1</translation>
    </message>
    <message>
        <source>a row of another kind</source>
        <translation>另一种形式的行</translation>
    </message>
    <message>
        <source>a further column, &quot;%1&quot;,</source>
        <translation>新的列“%1”</translation>
    </message>
    <message>
        <source>The answer has %1 only behind its first %2 bytes, where the columns are settled.</source>
        <translation>应答在前 %2 个字节之后才出现%1，而此时各列已经确定。</translation>
    </message>
</context>
<context>
    <name>TimescaleCalls</name>
    <message>
        <source>The parameter &quot;%1&quot; has no value.</source>
        <translation>参数“%1”没有值。</translation>
    </message>
    <message>
        <source>Get %1</source>
        <translation>获取 %1</translation>
    </message>
    <message>
        <source>There is no form for the method %1.</source>
        <translation>方法 %1 没有表单。</translation>
    </message>
    <message>
        <source>Write the request into the editor.</source>
        <translation>请在编辑器中写请求。</translation>
    </message>
    <message>
        <source>The order of the columns of %1 is not set.</source>
        <translation>%1 的列顺序未设置。</translation>
    </message>
    <message>
        <source>A function that inserts by position takes the order of the keys for that of the columns, and no answer shows it. Set it in the connection: columns=%1(time,symbol,price_open)</source>
        <translation>按位置插入的函数把键的顺序当作列的顺序，而应答不会显示出来。请在连接中设置：columns=%1(time,symbol,price_open)</translation>
    </message>
    <message>
        <source>Insert by %1</source>
        <translation>通过 %1 插入</translation>
    </message>
    <message>
        <source>There is no form for this resource.</source>
        <translation>此资源没有表单。</translation>
    </message>
    <message>
        <source>There is no record to insert.</source>
        <translation>没有要插入的记录。</translation>
    </message>
    <message>
        <source>Record %1 has %2 values in the place of %3.</source>
        <translation>第 %1 条记录有 %2 个值，应为 %3 个。</translation>
    </message>
</context>
<context>
    <name>TimescaleCatalog</name>
    <message>
        <source>The file %1 (openapi of the connection) cannot be read: %2</source>
        <translation>无法读取文件 %1（连接的 openapi）：%2</translation>
    </message>
    <message>
        <source>It has to have &quot;paths&quot;, as OpenAPI 3 and Swagger 2 do.</source>
        <translation>它必须含有“paths”，如同 OpenAPI 3 和 Swagger 2。</translation>
    </message>
    <message>
        <source>The file %1 cannot be read as OpenAPI: %2</source>
        <translation>文件 %1 无法作为 OpenAPI 读取：%2</translation>
    </message>
    <message>
        <source>OpenAPI 3 and Swagger 2 in JSON or YAML are read.</source>
        <translation>可读取 JSON 或 YAML 形式的 OpenAPI 3 和 Swagger 2。</translation>
    </message>
    <message>
        <source>The file %1 is no OpenAPI document.</source>
        <translation>文件 %1 不是 OpenAPI 文档。</translation>
    </message>
</context>
<context>
    <name>TimescaleErrors</name>
    <message>
        <source>A proxy on the way wants a log-in: see &quot;proxy&quot; of the connection.</source>
        <translation>途中的代理要求登录：参见连接的“proxy”。</translation>
    </message>
    <message>
        <source>A signature is good for five minutes: check this computer&apos;s clock.</source>
        <translation>签名的有效期为五分钟：请检查本机的时钟。</translation>
    </message>
    <message>
        <source>Get a new token, or new temporary credentials.</source>
        <translation>请获取新的令牌或新的临时凭证。</translation>
    </message>
    <message>
        <source>The access key is not known there: check the keys, the profile and, of temporary ones, the session token.</source>
        <translation>对方不认识该访问密钥：请检查密钥、AWS 配置；如为临时密钥，还要检查会话令牌。</translation>
    </message>
    <message>
        <source>Check the secret key, region= and service= of the connection (execute-api; lambda for function URLs).</source>
        <translation>请检查连接的密钥、region= 和 service=（execute-api；函数 URL 用 lambda）。</translation>
    </message>
    <message>
        <source>These credentials are known but may not do this: ask who administers the account.</source>
        <translation>这些凭证有效，但无权执行此操作：请询问账户管理员。</translation>
    </message>
    <message>
        <source>The API has an authorizer: check the token (auth=bearer&amp;token_env=VAR; token_scheme=none sends it without &quot;Bearer&quot;).</source>
        <translation>该 API 有授权方：请检查令牌（auth=bearer&amp;token_env=VAR；token_scheme=none 发送时不带“Bearer”）。</translation>
    </message>
    <message>
        <source>The API key is refused: check it, and that its usage plan covers this stage.</source>
        <translation>API 密钥被拒绝：请检查密钥，以及其使用计划是否涵盖此阶段。</translation>
    </message>
    <message>
        <source>The API may want a key (api_key_env=VAR), a signature (auth=sigv4), or refuse this address.</source>
        <translation>该 API 可能需要密钥（api_key_env=VAR）或签名（auth=sigv4），也可能拒绝此地址。</translation>
    </message>
    <message>
        <source>Add the parameters to the path: GET /path?name=value</source>
        <translation>请把参数加到路径后：GET /path?name=value</translation>
    </message>
    <message>
        <source>The body does not fit the model that the API declares.</source>
        <translation>正文不符合 API 声明的模型。</translation>
    </message>
    <message>
        <source>Check the path, and the stage in the connection&apos;s URL.</source>
        <translation>请检查路径，以及连接的 URL 中的阶段。</translation>
    </message>
    <message>
        <source>A gateway takes 10 MB, a function 6 MB: send fewer records at once.</source>
        <translation>网关接受 10 MB，函数接受 6 MB：请每次少发送一些记录。</translation>
    </message>
    <message>
        <source>Set the header Content-Type to what the API takes, mostly application/json.</source>
        <translation>请把标头 Content-Type 设为 API 接受的类型，通常是 application/json。</translation>
    </message>
    <message>
        <source>The API is throttled, or its quota is used up: try again later.</source>
        <translation>该 API 已被限流，或配额已用完：请稍后再试。</translation>
    </message>
    <message>
        <source>Try again after %1 s.</source>
        <translation>请在 %1 秒后再试。</translation>
    </message>
    <message>
        <source>The gateway may not invoke the function, or its authorizer failed: its owner finds why in the logs.</source>
        <translation>网关无权调用函数，或其授权方失败：其所有者可在日志中找到原因。</translation>
    </message>
    <message>
        <source>The function failed, answered in another form than the gateway expects, or with more than 6 MB.</source>
        <translation>函数失败，或应答的形式与网关预期的不同，或应答超过 6 MB。</translation>
    </message>
    <message>
        <source>The function took too long, or is not there: try again later.</source>
        <translation>函数耗时过长，或不可用：请稍后再试。</translation>
    </message>
    <message>
        <source>The function took too long for the gateway (29 s mostly) and may still be running: ask for less.</source>
        <translation>函数耗时超过网关的限制（通常为 29 秒），可能仍在运行：请减少请求的数据。</translation>
    </message>
    <message>
        <source>The function&apos;s own time limit is over: ask for less, or have it raised.</source>
        <translation>已超过函数自身的时间限制：请减少请求的数据，或请人调高限制。</translation>
    </message>
    <message>
        <source>The function gets no body: its integration has to be a proxy (AWS_PROXY).</source>
        <translation>函数没有收到正文：其集成必须是代理（AWS_PROXY）。</translation>
    </message>
    <message>
        <source>Handler or layer of the function are not right: the handler is FILE.FUNCTION of the uploaded zip.</source>
        <translation>函数的处理程序或层不正确：处理程序是所上传 zip 中的 FILE.FUNCTION。</translation>
    </message>
    <message>
        <source>A function answers with 6 MB at most: ask for fewer rows.</source>
        <translation>函数的应答最多 6 MB：请减少请求的行数。</translation>
    </message>
</context>
<context>
    <name>TimescaleManagement</name>
    <message>
        <source>IAM</source>
        <translation>IAM</translation>
    </message>
    <message>
        <source>authorizer</source>
        <translation>授权方</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API 密钥</translation>
    </message>
    <message>
        <source>HTTP APIs could not be listed: %1</source>
        <translation>无法列出 HTTP API：%1</translation>
    </message>
</context>
<context>
    <name>TimescalePackedText</name>
    <message>
        <source>The text holds what is no escape, or a control character.</source>
        <translation>文本中有不是转义的内容，或有控制字符。</translation>
    </message>
    <message>
        <source>The answer ends within a text.</source>
        <translation>应答在文本中间结束。</translation>
    </message>
    <message>
        <source>The text is said to be base64, and is not.</source>
        <translation>文本据称是 base64，但不是。</translation>
    </message>
    <message>
        <source>The answer is not JSON behind the text that it holds, or ends early.</source>
        <translation>应答在其所含文本之后不是 JSON，或提前结束。</translation>
    </message>
</context>
<context>
    <name>TimescaleRequest</name>
    <message>
        <source>Values are given as --param NAME=VALUE: {NAME} of the path is filled, other names go into the query.</source>
        <translation>值以 --param NAME=VALUE 给出：填入路径的 {NAME}，其他名称放入查询。</translation>
    </message>
    <message>
        <source>The parameter &quot;%1&quot; is NULL, which a path cannot say.</source>
        <translation>参数“%1”为 NULL，路径无法表示。</translation>
    </message>
    <message>
        <source>The parameter &quot;%1&quot; is empty.</source>
        <translation>参数“%1”为空。</translation>
    </message>
    <message>
        <source>{{%1}} of the request has no value yet.</source>
        <translation>请求的 {{%1}} 还没有值。</translation>
    </message>
    <message>
        <source>Write the value in its place.</source>
        <translation>请在其位置写入值。</translation>
    </message>
    <message>
        <source>The parameter {%1} of the path has no value.</source>
        <translation>路径的参数 {%1} 没有值。</translation>
    </message>
    <message>
        <source>The query has &quot;%1&quot; already.</source>
        <translation>查询中已有“%1”。</translation>
    </message>
    <message>
        <source>Record %1 has not the keys of this resource in their order (%2): a function that inserts by position writes its values into other columns.</source>
        <translation>第 %1 条记录的键与此资源的键及其顺序（%2）不符：按位置插入的函数会把它的值写入其他列。</translation>
    </message>
</context>
<context>
    <name>TimescaleRunner</name>
    <message>
        <source>%1 records accepted</source>
        <translation>已接受 %1 条记录</translation>
    </message>
    <message>
        <source>%1 of %2 records were accepted before this: %3</source>
        <translation>在此之前已接受 %2 条记录中的 %1 条：%3</translation>
    </message>
    <message>
        <source>Send the rest alone: those that were accepted would be inserted twice.</source>
        <translation>请只发送其余的：已接受的记录会被重复插入。</translation>
    </message>
    <message>
        <source>%1 records were accepted in %2 requests.</source>
        <translation>%2 个请求中已接受 %1 条记录。</translation>
    </message>
    <message>
        <source>request</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>The end of the function&apos;s log:
%1</source>
        <translation>函数日志的结尾：
%1</translation>
    </message>
    <message>
        <source>catalogue</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>This connection fetches no token.</source>
        <translation>此连接不获取令牌。</translation>
    </message>
</context>
<context>
    <name>TimescaleYaml</name>
    <message>
        <source>The YAML is nested too deep, or its aliases stand for too much.</source>
        <translation>YAML 嵌套太深，或其别名展开过多。</translation>
    </message>
    <message>
        <source>Line %1 is no YAML: %2</source>
        <translation>第 %1 行不是 YAML：%2</translation>
    </message>
</context>
<context>
    <name>TlsFailureTr</name>
    <message>
        <source>The certificate of %1 is refused: %2.</source>
        <translation>%1 的证书被拒绝：%2。</translation>
    </message>
    <message>
        <source>%1 wants a client certificate, or another than it was shown: %2</source>
        <translation>%1 要求客户端证书，或不接受所出示的证书：%2</translation>
    </message>
    <message>
        <source>No secure connection to %1: %2</source>
        <translation>无法与 %1 建立安全连接：%2</translation>
    </message>
</context>
<context>
    <name>TokenChip</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation>%1 天</translation>
    </message>
</context>
<context>
    <name>UrlTr</name>
    <message>
        <source>A URL of %1 has no key &quot;%2&quot;.</source>
        <translation>%1 的 URL 没有键“%2”。</translation>
    </message>
    <message>
        <source>Known keys: %1.</source>
        <translation>已知的键：%1。</translation>
    </message>
    <message>
        <source>a blank</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>The %1 of the URL holds a character with a meaning of its own: %2</source>
        <translation>URL 的%1含有有特殊含义的字符：%2</translation>
    </message>
    <message>
        <source>Write it as %1.</source>
        <translation>请写作 %1。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a value of &quot;%2&quot;.</source>
        <translation>“%1”不是“%2”的有效值。</translation>
    </message>
    <message>
        <source>Known values: %1.</source>
        <translation>已知值：%1。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; takes a whole number.</source>
        <translation>“%1”需要整数。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is true or false.</source>
        <translation>“%1”只能是 true 或 false。</translation>
    </message>
    <message>
        <source>No connector takes URLs that start with &quot;%1&quot;.</source>
        <translation>没有连接器接受以“%1”开头的 URL。</translation>
    </message>
    <message>
        <source>No connector was found; the command &quot;connectors&quot; lists what there is.</source>
        <translation>没有找到连接器；命令“connectors”列出现有的连接器。</translation>
    </message>
    <message>
        <source>Known: %1.</source>
        <translation>已知：%1。</translation>
    </message>
    <message>
        <source>The key &quot;%1&quot; is in the URL twice.</source>
        <translation>键“%1”在 URL 中出现两次。</translation>
    </message>
    <message>
        <source>This URL of %1 takes no %2.</source>
        <translation>%1 的 URL 不接受 %2。</translation>
    </message>
    <message>
        <source>user</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>The URL names no host.</source>
        <translation>URL 没有主机。</translation>
    </message>
    <message>
        <source>It reads %1://USER:PASSWORD@HOST:PORT/…</source>
        <translation>它写作 %1://USER:PASSWORD@HOST:PORT/…</translation>
    </message>
    <message>
        <source>This URL of %1 takes no path.</source>
        <translation>%1 的 URL 不带路径。</translation>
    </message>
    <message>
        <source>user name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>The port of the URL is not a number from 1 to 65535.</source>
        <translation>URL 的端口不是 1 到 65535 的数字。</translation>
    </message>
    <message>
        <source>A URL reads scheme://user:password@host:port/path.</source>
        <translation>URL 写作 scheme://user:password@host:port/path。</translation>
    </message>
    <message>
        <source>What stands in brackets in the URL is not an IPv6 address.</source>
        <translation>URL 中方括号内不是 IPv6 地址。</translation>
    </message>
    <message>
        <source>Example: [::1]:6041</source>
        <translation>例如：[::1]:6041</translation>
    </message>
    <message>
        <source>The host of the URL holds more than one colon.</source>
        <translation>URL 的主机含有多个冒号。</translation>
    </message>
    <message>
        <source>Put an IPv6 address in brackets: [::1]:6041</source>
        <translation>请把 IPv6 地址放在方括号中：[::1]:6041</translation>
    </message>
    <message>
        <source>The host of the URL holds a character that no host name has.</source>
        <translation>URL 的主机含有主机名不允许的字符。</translation>
    </message>
    <message>
        <source>query</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>The URL does not start with a scheme.</source>
        <translation>URL 没有以协议名开头。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a percent-encoded byte.</source>
        <translation>“%1”不是百分号编码的字节。</translation>
    </message>
    <message>
        <source>A percent sign itself is written as %25.</source>
        <translation>百分号本身写作 %25。</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>The URL holds a control character, such as a line break.</source>
        <translation>URL 含有控制字符，例如换行。</translation>
    </message>
    <message>
        <source>user part</source>
        <translation>用户部分</translation>
    </message>
    <message>
        <source>Write it as %2F there; an @ behind the host is written %40.</source>
        <translation>请在该处写作 %2F；主机之后的 @ 写作 %40。</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>A single value of the answer is longer than %1 bytes; the rest was not read.</source>
        <translation>应答中的单个值超过 %1 字节；其余未读取。</translation>
    </message>
</context>
<context>
    <name>Wkb</name>
    <message>
        <source>the geometry ends here, the bytes go on</source>
        <translation>几何对象在此结束，字节还有剩余</translation>
    </message>
    <message>
        <source>This is no geometry in well-known binary: at byte %1 %2.</source>
        <translation>这不是 WKB（well-known binary）几何对象：在字节 %1 处，%2。</translation>
    </message>
    <message>
        <source>the bytes end</source>
        <translation>字节在此结束</translation>
    </message>
    <message>
        <source>there is no byte order (0 or 1)</source>
        <translation>没有字节序（0 或 1）</translation>
    </message>
    <message>
        <source>the type %1 is none that is known</source>
        <translation>类型 %1 不是已知的类型</translation>
    </message>
    <message>
        <source>collections are nested too deep</source>
        <translation>集合嵌套太深</translation>
    </message>
    <message>
        <source>a part has other dimensions than the whole</source>
        <translation>一个部分与整体的维数不同</translation>
    </message>
    <message>
        <source>a part is of another kind than the whole</source>
        <translation>一个部分与整体的种类不同</translation>
    </message>
    <message>
        <source>%1 parts are announced, more than the bytes hold</source>
        <translation>声明了 %1 个部分，超过字节所能容纳</translation>
    </message>
</context>
<context>
    <name>WriteCheck</name>
    <message>
        <source>Line %1: the connection is read-only, and this statement may change something.</source>
        <translation>第 %1 行：连接是只读的，而此语句可能会更改内容。</translation>
    </message>
    <message>
        <source>Nothing was sent. Use another connection for it.</source>
        <translation>没有发送任何内容。请为它使用其他连接。</translation>
    </message>
    <message>
        <source>This may change something on the production connection &quot;%1&quot;.</source>
        <translation>这可能会更改生产连接“%1”上的数据。</translation>
    </message>
    <message>
        <source>%1 on the production connection &quot;%2&quot;?</source>
        <translation>在生产连接“%2”上执行 %1？</translation>
    </message>
    <message>
        <source>%1 %2 on the production connection &quot;%3&quot;?</source>
        <translation>在生产连接“%3”上对 %2 执行 %1？</translation>
    </message>
    <message>
        <source>Line %1. Nothing was sent yet.</source>
        <translation>第 %1 行。还没有发送任何内容。</translation>
    </message>
    <message>
        <source>%1 statements may change something, this is the first of them. Nothing was sent yet.</source>
        <translation>有 %1 条语句可能会更改数据，这是第一条。还没有发送任何内容。</translation>
    </message>
</context>
<context>
    <name>Writer</name>
    <message>
        <source>Column &quot;%1&quot; holds bytes that are not UTF-8; they are written as U+FFFD.</source>
        <translation>列“%1”含有非 UTF-8 的字节；写作 U+FFFD。</translation>
    </message>
</context>
<context>
    <name>XlsxWriter</name>
    <message>
        <source>The workbook could not be begun in the folder for temporary files (%1).</source>
        <translation>无法在临时文件夹（%1）中开始写工作簿。</translation>
    </message>
    <message>
        <source>Make room there, or set TMPDIR to another folder.</source>
        <translation>请在那里腾出空间，或把 TMPDIR 设为其他文件夹。</translation>
    </message>
    <message>
        <source>A sheet holds %1 columns; the result has %2.</source>
        <translation>一张工作表容纳 %1 列；结果有 %2 列。</translation>
    </message>
    <message>
        <source>Choose another format, such as csv.</source>
        <translation>请选择其他格式，例如 csv。</translation>
    </message>
    <message>
        <source>A sheet holds %L1 rows; the result has more.</source>
        <translation>一张工作表容纳 %L1 行；结果更多。</translation>
    </message>
    <message>
        <source>Choose another format, such as csv, or set a limit with --max-rows.</source>
        <translation>请选择其他格式，例如 csv，或用 --max-rows 设置上限。</translation>
    </message>
    <message>
        <source>A cell of a sheet holds %L1 characters; row %L2 of column &quot;%3&quot; has more.</source>
        <translation>工作表的一个单元格容纳 %L1 个字符；列“%3”的第 %L2 行更多。</translation>
    </message>
    <message>
        <source>The workbook could not be written: %1.</source>
        <translation>无法写入工作簿：%1。</translation>
    </message>
    <message>
        <source>Make room in the folder for temporary files (%1), or set TMPDIR to another.</source>
        <translation>请在临时文件夹（%1）中腾出空间，或把 TMPDIR 设为其他文件夹。</translation>
    </message>
    <message>
        <source>Column &quot;%1&quot; holds bytes that are not UTF-8; they are written as U+FFFD.</source>
        <translation>列“%1”含有非 UTF-8 的字节；写作 U+FFFD。</translation>
    </message>
</context>
<context>
    <name>Zone</name>
    <message>
        <source>There is no time zone named &quot;%1&quot;.</source>
        <translation>没有名为“%1”的时区。</translation>
    </message>
    <message>
        <source>Give an IANA name such as UTC, Asia/Shanghai or Europe/Berlin.</source>
        <translation>请给出 IANA 名称，例如 UTC、Asia/Shanghai 或 Europe/Berlin。</translation>
    </message>
</context>
<context>
    <name>catalog::CallFormView</name>
    <message>
        <source>Once for all rows</source>
        <translation>所有行只填一次</translation>
    </message>
    <message>
        <source>Values for all rows</source>
        <translation>所有行共用的值</translation>
    </message>
    <message>
        <source>Rows to send</source>
        <translation>要发送的行</translation>
    </message>
    <message>
        <source>Add a row</source>
        <translation>添加一行</translation>
    </message>
    <message>
        <source>Remove the current row</source>
        <translation>移除当前行</translation>
    </message>
    <message>
        <source>Send rows as objects</source>
        <translation>以对象形式发送行</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>调用</translation>
    </message>
    <message>
        <source>An empty cell is NULL or not given; &apos;&apos; is an empty text.</source>
        <translation>空单元格表示 NULL 或未给出；&apos;&apos; 表示空文本。</translation>
    </message>
    <message>
        <source>Close the form</source>
        <translation>关闭表单</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>写入</translation>
    </message>
</context>
<context>
    <name>catalog::CatalogModel</name>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>%1 — double-click to try again</source>
        <translation>%1 — 双击重试</translation>
    </message>
    <message>
        <source>Databases</source>
        <translation>数据库</translation>
    </message>
</context>
<context>
    <name>catalog::CatalogView</name>
    <message>
        <source>New SQL tab on this connection</source>
        <translation>在此连接上新建 SQL 标签页</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>复制名称</translation>
    </message>
    <message>
        <source>Copy as SELECT</source>
        <translation>复制为 SELECT</translation>
    </message>
    <message>
        <source>Load again from the server</source>
        <translation>从服务器重新加载</translation>
    </message>
    <message>
        <source>New connection by URL…</source>
        <translation>按 URL 新建连接…</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>URL of the server</source>
        <translation>服务器的 URL</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Open in a new tab</source>
        <translation>在新标签页中打开</translation>
    </message>
    <message>
        <source>Call with a form…</source>
        <translation>用表单调用…</translation>
    </message>
    <message>
        <source>Remove this connection</source>
        <translation>移除此连接</translation>
    </message>
    <message>
        <source>Name to keep it under</source>
        <translation>保存所用的名称</translation>
    </message>
    <message>
        <source>Name to keep it under (optional)</source>
        <translation>保存所用的名称（可选）</translation>
    </message>
    <message>
        <source>Without a name it is there until the program ends. The password is never kept, nor shown again.</source>
        <translation>没有名称时，它保留到程序结束为止。密码从不保存，也不会再次显示。</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>测试连接</translation>
    </message>
    <message>
        <source>New connection…</source>
        <translation>新建连接…</translation>
    </message>
    <message>
        <source>Edit this connection…</source>
        <translation>编辑此连接…</translation>
    </message>
    <message>
        <source>Duplicate this connection…</source>
        <translation>复制此连接…</translation>
    </message>
    <message>
        <source>Move this connection to a group…</source>
        <translation>把此连接移到分组…</translation>
    </message>
    <message>
        <source>Rename this group</source>
        <translation>重命名此分组</translation>
    </message>
    <message>
        <source>Move up in the list</source>
        <translation>在列表中上移</translation>
    </message>
    <message>
        <source>Move down in the list</source>
        <translation>在列表中下移</translation>
    </message>
    <message>
        <source>Import connections…</source>
        <translation>导入连接…</translation>
    </message>
    <message>
        <source>Export connections…</source>
        <translation>导出连接…</translation>
    </message>
    <message>
        <source>Search what is loaded</source>
        <translation>搜索已加载的内容</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>找到的</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>Nothing that is loaded has this name. Open a connection to load what it holds.</source>
        <translation>已加载的内容中没有此名称。请打开一个连接以加载其内容。</translation>
    </message>
    <message>
        <source>The first %1 are shown.</source>
        <translation>显示前 %1 个。</translation>
    </message>
    <message>
        <source>%1 found</source>
        <translation>找到 %1 个</translation>
    </message>
    <message>
        <source>Remove the connection &quot;%1&quot;?</source>
        <translation>移除连接“%1”？</translation>
    </message>
    <message>
        <source>Its file is deleted. Nothing changes on the server.</source>
        <translation>将删除其文件。服务器上不会有任何变化。</translation>
    </message>
    <message>
        <source>Nothing changes on the server.</source>
        <translation>服务器上不会有任何变化。</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>catalog::GroupLine</name>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Empty: in no group</source>
        <translation>为空：不属于任何分组</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Group of &quot;%1&quot;</source>
        <translation>“%1”的分组</translation>
    </message>
</context>
<context>
    <name>chart::ChartView</name>
    <message>
        <source>Run a statement: its time column is drawn here against its numbers.</source>
        <translation>运行一条语句：这里以时间列为横轴画出数值列。</translation>
    </message>
    <message>
        <source>No rows yet.</source>
        <translation>还没有行。</translation>
    </message>
    <message>
        <source>Reading the rows …</source>
        <translation>正在读取行……</translation>
    </message>
    <message>
        <source>No numeric column in this result. A chart needs at least one, best beside a time column.</source>
        <translation>结果中没有数值列。图表至少需要一个，最好还有时间列。</translation>
    </message>
    <message>
        <source>The result has no rows.</source>
        <translation>结果没有行。</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>%1 from %2 to %3</source>
        <translation>%1：%2 到 %3</translation>
    </message>
    <message>
        <source>%1: no values in view</source>
        <translation>%1：视野内没有值</translation>
    </message>
    <message>
        <source>%1: from %3 to %4, values in view: %2</source>
        <translation>%1：从 %3 到 %4，视野内的值：%2 个</translation>
    </message>
</context>
<context>
    <name>chart::ControlBar</name>
    <message>
        <source>The view before (Alt+Left)</source>
        <translation>上一个视野（Alt+Left）</translation>
    </message>
    <message>
        <source>The view after (Alt+Right)</source>
        <translation>下一个视野（Alt+Right）</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合</translation>
    </message>
    <message>
        <source>Everything there is (Home, or double click)</source>
        <translation>全部内容（Home，或双击）</translation>
    </message>
    <message>
        <source>row number</source>
        <translation>行号</translation>
    </message>
    <message>
        <source>%1 (seconds since 1970)</source>
        <translation>%1（1970 年以来的秒数）</translation>
    </message>
    <message>
        <source>%1 (milliseconds since 1970)</source>
        <translation>%1（1970 年以来的毫秒数）</translation>
    </message>
    <message>
        <source>%1 (microseconds since 1970)</source>
        <translation>%1（1970 年以来的微秒数）</translation>
    </message>
    <message>
        <source>%1 (nanoseconds since 1970)</source>
        <translation>%1（1970 年以来的纳秒数）</translation>
    </message>
    <message>
        <source>X: %1</source>
        <translation>X：%1</translation>
    </message>
    <message>
        <source>Y: none</source>
        <translation>Y：无</translation>
    </message>
    <message>
        <source>Y: %1</source>
        <translation>Y：%1</translation>
    </message>
    <message>
        <source>Series by: –</source>
        <translation>系列按：–</translation>
    </message>
    <message>
        <source>Series by: %1</source>
        <translation>系列按：%1</translation>
    </message>
    <message>
        <source>Gaps &gt; %1 × step</source>
        <translation>间断 &gt; %1 × 步长</translation>
    </message>
    <message>
        <source>Gaps: joined</source>
        <translation>间断：相连</translation>
    </message>
    <message>
        <source>sorted by time</source>
        <translation>按时间排序</translation>
    </message>
    <message>
        <source>one line for all rows</source>
        <translation>所有行一条线</translation>
    </message>
    <message>
        <source>break lines at gaps over %1 times the usual step</source>
        <translation>间隔超过常规步长 %1 倍时断开</translation>
    </message>
    <message>
        <source>join over all gaps</source>
        <translation>所有间隔都相连</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 等另外 %2 个</translation>
    </message>
    <message>
        <source>rows without x: %1</source>
        <translation>没有 x 的行：%1</translation>
    </message>
    <message>
        <source>rows of further series, not drawn: %1</source>
        <translation>其余系列中未绘制的行：%1</translation>
    </message>
    <message>
        <source>no time column</source>
        <translation>没有时间列</translation>
    </message>
</context>
<context>
    <name>chart::Legend</name>
    <message>
        <source>Legend</source>
        <translation>图例</translation>
    </message>
    <message>
        <source>Click, or press Space, to switch a line on or off</source>
        <translation>单击或按空格键可显示或隐藏线条</translation>
    </message>
</context>
<context>
    <name>chart::Plot</name>
    <message>
        <source>%1 · local time, no zone</source>
        <translation>%1 · 本地时间，无时区</translation>
    </message>
    <message>
        <source>row number</source>
        <translation>行号</translation>
    </message>
</context>
<context>
    <name>chart::TimeTicks</name>
    <message>
        <source>outside of the years 1 to 9999: 10^-%1 s since 1970</source>
        <translation>超出公元 1 年至 9999 年：1970 年以来的 10^-%1 秒</translation>
    </message>
    <message>
        <source>%1 (UTC%2%3:%4)</source>
        <translation>%1（UTC%2%3:%4）</translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>a day on a time axis, in the letters of QLocale::toString</comment>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>MMM</source>
        <comment>a month on a time axis, in the letters of QLocale::toString</comment>
        <translation>M月</translation>
    </message>
    <message>
        <source>d MMM yyyy, HH:mm:ss</source>
        <comment>in the letters of QLocale::toString</comment>
        <translation>yyyy年M月d日 HH:mm:ss</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>in the letters of QLocale::toString</comment>
        <translation>yyyy年M月d日</translation>
    </message>
</context>
<context>
    <name>common::CommandPalette</name>
    <message>
        <source>Type the name of a command</source>
        <translation>输入命令名称</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
</context>
<context>
    <name>common::MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>connector/lindorm</name>
    <message>
        <source>Alibaba Cloud&apos;s time-series engine, by its SQL over HTTP</source>
        <translation>阿里云的时序引擎，通过其基于 HTTP 的 SQL</translation>
    </message>
    <message>
        <source>Name or address of the time-series engine</source>
        <translation>时序引擎的名称或地址</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Empty where the engine asks for no log-in (USER_AUTH=FALSE)</source>
        <translation>引擎不要求登录（USER_AUTH=FALSE）时留空</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Where names without a database are looked up; empty: &quot;default&quot;</source>
        <translation>在其中查找不带数据库的名称；留空：“default”</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>The server sends a result in blocks of so many rows</source>
        <translation>服务器按此行数分块发送结果</translation>
    </message>
    <message>
        <source>Rows per block</source>
        <translation>每块行数</translation>
    </message>
    <message>
        <source>Lindorm TSDB</source>
        <translation>Lindorm TSDB</translation>
    </message>
    <message>
        <source>Sensors</source>
        <translation>传感器</translation>
    </message>
    <message>
        <source>Stocks</source>
        <translation>股票</translation>
    </message>
    <message>
        <source>The body is the text of one statement; a semicolon at its end is a syntax error. database = where names without a database are looked up (without it: default). Success is 200 with columns, metadata and rows, or 204 without a body; an error is 400 with code, sqlstate and message.</source>
        <translation>正文是一条语句的文本；末尾的分号是语法错误。database = 在其中查找不带数据库的名称（没有它时：default）。成功时为 200，含 columns、metadata 和 rows，或为 204，无正文；错误时为 400，含 code、sqlstate 和 message。</translation>
    </message>
    <message>
        <source>Statements</source>
        <translation>语句</translation>
    </message>
    <message>
        <source>Run one statement</source>
        <translation>运行一条语句</translation>
    </message>
    <message>
        <source>With chunked=true the answer is a series of JSON objects one directly after another, each with up to chunk_size rows (1000 without it). An error after the first block comes as a block of its own.</source>
        <translation>使用 chunked=true 时，应答是一个紧接一个的一系列 JSON 对象，每个最多含 chunk_size 行（没有它时为 1000）。第一块之后的错误以单独的一块给出。</translation>
    </message>
    <message>
        <source>Run one statement, answer in blocks</source>
        <translation>运行一条语句，分块应答</translation>
    </message>
    <message>
        <source>Rows with the same tags and the same time as before replace them. Times are milliseconds since 1970 or &apos;yyyy-MM-dd HH:mm:ss&apos; in the server&apos;s zone. Success is 204; the server does not count what it wrote.</source>
        <translation>标签和时间与先前相同的行会替换先前的行。时间是 1970 年以来的毫秒数，或服务器时区的 &apos;yyyy-MM-dd HH:mm:ss&apos;。成功时为 204；服务器不统计写入的数量。</translation>
    </message>
    <message>
        <source>Write by a statement</source>
        <translation>用语句写入</translation>
    </message>
    <message>
        <source>One line a row: table, tags, fields, time. precision = unit of the times: ns (without it), us, ms, s, m, h; they are kept in milliseconds. schema_policy: WEAK makes tables and columns that are missing, STRONG refuses them, NONE checks nothing. Success is 204 without a body.</source>
        <translation>每条数据一行：表、标签、字段、时间。precision = 时间的单位：ns（没有它时）、us、ms、s、m、h；时间以毫秒保存。schema_policy：WEAK 创建缺少的表和列，STRONG 拒绝它们，NONE 不做检查。成功时为 204，无正文。</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>InfluxDB line protocol</source>
        <translation>InfluxDB 行协议</translation>
    </message>
    <message>
        <source>codec tells the form of the body: LINE_PROTOCOL (as above), JSON (a list of records) or BINARY. schema_policy as above. Success is 204 or 200.</source>
        <translation>codec 说明正文的形式：LINE_PROTOCOL（同上）、JSON（记录的列表）或 BINARY。schema_policy 同上。成功时为 204 或 200。</translation>
    </message>
    <message>
        <source>Write as the native clients do</source>
        <translation>像原生客户端那样写入</translation>
    </message>
    <message>
        <source>Version and build time of the engine.</source>
        <translation>引擎的版本和构建时间。</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>200 with the text OK.</source>
        <translation>200，文本为 OK。</translation>
    </message>
    <message>
        <source>Is it alive</source>
        <translation>是否存活</translation>
    </message>
    <message>
        <source>The OpenTSDB-like interface that came before SQL: a point or a list of points with metric, timestamp, value and tags. Errors have a form of their own: {&quot;error&quot;: {&quot;code&quot;, &quot;message&quot;, &quot;details&quot;}}.</source>
        <translation>SQL 之前的类 OpenTSDB 接口：一个点或点的列表，含 metric、timestamp、value 和 tags。错误有自己的形式：{&quot;error&quot;: {&quot;code&quot;, &quot;message&quot;, &quot;details&quot;}}。</translation>
    </message>
    <message>
        <source>Older interface</source>
        <translation>旧接口</translation>
    </message>
    <message>
        <source>Write points</source>
        <translation>写入点</translation>
    </message>
    <message>
        <source>As above, with several named values in a point.</source>
        <translation>同上，一个点含多个命名的值。</translation>
    </message>
    <message>
        <source>Write points of several fields</source>
        <translation>写入多字段的点</translation>
    </message>
    <message>
        <source>start and end are seconds or milliseconds since 1970; each query names an aggregator, a metric and filters by tags; downsample such as 1m-avg is optional.</source>
        <translation>start 和 end 是 1970 年以来的秒数或毫秒数；每个查询指定聚合函数、metric 和按标签的过滤条件；downsample（例如 1m-avg）可选。</translation>
    </message>
    <message>
        <source>Query points</source>
        <translation>查询点</translation>
    </message>
    <message>
        <source>The last point of each series of a metric.</source>
        <translation>一个 metric 的每个系列的最后一个点。</translation>
    </message>
    <message>
        <source>Query the latest points</source>
        <translation>查询最新的点</translation>
    </message>
    <message>
        <source>Proposes names: type is metrics, tagk, tagv or field; q is how they begin.</source>
        <translation>提示名称：type 为 metrics、tagk、tagv 或 field；q 是名称的开头。</translation>
    </message>
    <message>
        <source>Names that are known</source>
        <translation>已知的名称</translation>
    </message>
    <message>
        <source>User or password are wrong, or the user may not connect.</source>
        <translation>用户或密码错误，或该用户不允许连接。</translation>
    </message>
    <message>
        <source>Check both; the first account of an instance was root until engine 3.4.31 and is tsdb since.</source>
        <translation>请检查两者；实例的初始账户在引擎 3.4.31 之前为 root，之后为 tsdb。</translation>
    </message>
    <message>
        <source>There is no such database.</source>
        <translation>没有这个数据库。</translation>
    </message>
    <message>
        <source>Leave the database of the connection empty, and choose one from the catalogue.</source>
        <translation>请让连接的数据库留空，并从目录中选择一个。</translation>
    </message>
    <message>
        <source>The server has too many connections.</source>
        <translation>服务器的连接太多。</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>请稍后重试。</translation>
    </message>
    <message>
        <source>The instance does not take connections from this address.</source>
        <translation>实例不接受来自此地址的连接。</translation>
    </message>
    <message>
        <source>Put the address of this computer on the white list of the instance.</source>
        <translation>请把本机的地址加入实例的白名单。</translation>
    </message>
    <message>
        <source>The server has no SQL interface at this address.</source>
        <translation>服务器在此地址没有 SQL 接口。</translation>
    </message>
    <message>
        <source>Check the port: 8242 is the time-series engine, 30020 and 33060 are other engines. Single-node instances do not offer SQL over HTTP.</source>
        <translation>请检查端口：8242 是时序引擎，30020 和 33060 是其他引擎。单机实例不提供 HTTP 上的 SQL。</translation>
    </message>
    <message>
        <source>the time-series engine of Lindorm</source>
        <translation>Lindorm 的时序引擎</translation>
    </message>
    <message>
        <source>The engine answers inside its VPC; from elsewhere it takes a public endpoint and this computer&apos;s address on the white list of the instance: see both in its console.</source>
        <translation>引擎在其 VPC 内应答；从其他地方访问需要公网地址，并把本机的地址加入实例的白名单：两者都在其控制台中。</translation>
    </message>
</context>
<context>
    <name>connector/openmldb</name>
    <message>
        <source>Feature database for machine learning, by the REST interface of its API server</source>
        <translation>面向机器学习的特征数据库，通过其 API 服务器的 REST 接口</translation>
    </message>
    <message>
        <source>Name or address of the API server</source>
        <translation>API 服务器的名称或地址</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>9080 as shipped; the documents use 8080</source>
        <translation>出厂默认为 9080；文档使用 8080</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Where statements run: each goes to this database&apos;s own path</source>
        <translation>语句在哪里运行：每条都发往此数据库自己的路径</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>Offline, waiting for the job</source>
        <translation>离线，等待作业完成</translation>
    </message>
    <message>
        <source>Offline, as a job in the background</source>
        <translation>离线，作为后台作业</translation>
    </message>
    <message>
        <source>Where statements run: in memory now, or as a job over the offline data</source>
        <translation>语句在哪里运行：立即在内存中，或作为离线数据上的作业</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Of a proxy before the API server, which has no log-in of its own</source>
        <translation>用于 API 服务器前面的代理；API 服务器自身没有登录</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Of that proxy</source>
        <translation>用于该代理</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>OpenMLDB</source>
        <translation>OpenMLDB</translation>
    </message>
    <message>
        <source>Sensors</source>
        <translation>传感器</translation>
    </message>
    <message>
        <source>Stocks</source>
        <translation>股票</translation>
    </message>
    <message>
        <source>A deployment</source>
        <translation>一个部署</translation>
    </message>
    <message>
        <source>mode = online: what is in memory now. Columns come with their types and without names. write_nan_and_inf_null = true turns NaN and infinities into null.</source>
        <translation>mode = online：内存中当前的数据。列带类型，不带名称。write_nan_and_inf_null = true 把 NaN 和无穷大变为 null。</translation>
    </message>
    <message>
        <source>Statements</source>
        <translation>语句</translation>
    </message>
    <message>
        <source>Run one statement online</source>
        <translation>在线运行一条语句</translation>
    </message>
    <message>
        <source>input gives a type and a value for each ? in order. Types: BOOL, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, STRING, DATE, TIMESTAMP, in any case. A DATE is an integer, ((year - 1900) &lt;&lt; 16) | ((month - 1) &lt;&lt; 8) | day. There is no NULL.</source>
        <translation>input 按顺序为每个 ? 给出类型和值。类型：BOOL、SMALLINT、INT、BIGINT、FLOAT、DOUBLE、STRING、DATE、TIMESTAMP，不区分大小写。DATE 是整数，((year - 1900) &lt;&lt; 16) | ((month - 1) &lt;&lt; 8) | day。没有 NULL。</translation>
    </message>
    <message>
        <source>Run a statement with parameters</source>
        <translation>运行带参数的语句</translation>
    </message>
    <message>
        <source>mode = offsync: over the offline data; the answer is the job&apos;s output as text. The connection stays silent until the job ends; timeout is in milliseconds, 600000 without it.</source>
        <translation>mode = offsync：针对离线数据；应答是作业的输出文本。作业结束前连接上没有任何内容；timeout 以毫秒计，不给出时为 600000。</translation>
    </message>
    <message>
        <source>Run an offline job and wait</source>
        <translation>运行离线作业并等待</translation>
    </message>
    <message>
        <source>mode = offasync: the answer is the job&apos;s entry in SHOW JOBS; STOP JOB n ends it, SHOW JOBLOG n shows its output.</source>
        <translation>mode = offasync：应答是作业在 SHOW JOBS 中的条目；STOP JOB n 结束作业，SHOW JOBLOG n 显示其输出。</translation>
    </message>
    <message>
        <source>Start an offline job</source>
        <translation>启动离线作业</translation>
    </message>
    <message>
        <source>The names of all databases.</source>
        <translation>所有数据库的名称。</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>Databases</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>All tables with columns, indexes, partitions and replicas.</source>
        <translation>所有表及其列、索引、分区和副本。</translation>
    </message>
    <message>
        <source>Tables of a database</source>
        <translation>数据库的表</translation>
    </message>
    <message>
        <source>Columns, indexes, partitions and replicas of one table.</source>
        <translation>一个表的列、索引、分区和副本。</translation>
    </message>
    <message>
        <source>One table</source>
        <translation>单个表</translation>
    </message>
    <message>
        <source>The API server sees late what other clients create or drop: this makes it look at once.</source>
        <translation>其他客户端创建或删除的内容，API 服务器要过一段时间才能看到：此请求让它立即查看。</translation>
    </message>
    <message>
        <source>Reload the catalogue</source>
        <translation>重新加载目录</translation>
    </message>
    <message>
        <source>Exactly one row, values in the order of the columns. Timestamps are milliseconds since 1970, dates are text without blanks (&quot;2020-05-05&quot;); NaN, Infinity and -Infinity stand without quotes.</source>
        <translation>只写一行，值按列的顺序排列。时间戳是自 1970 年起的毫秒数，日期是不含空格的文本（&quot;2020-05-05&quot;）；NaN、Infinity 和 -Infinity 不加引号。</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>Put one row</source>
        <translation>写入一行</translation>
    </message>
    <message>
        <source>Its SQL, its input and output columns, and the tables that it reads.</source>
        <translation>它的 SQL、输入列和输出列，以及它读取的表。</translation>
    </message>
    <message>
        <source>Deployments</source>
        <translation>部署</translation>
    </message>
    <message>
        <source>Describe a deployment</source>
        <translation>查看部署</translation>
    </message>
    <message>
        <source>Each row of input in the order of the input columns; the answer has a row for each. need_schema = true adds names and types of the columns; write_nan_and_inf_null = true turns NaN and infinities into null.</source>
        <translation>input 的每一行都按输入列的顺序排列；应答中每行对应一行。need_schema = true 加上列的名称和类型；write_nan_and_inf_null = true 把 NaN 和无穷大变为 null。</translation>
    </message>
    <message>
        <source>Call a deployment (rows as arrays)</source>
        <translation>调用部署（行为数组）</translation>
    </message>
    <message>
        <source>Members by the names of the input columns, others are passed over. The first row decides the form of the answer: do not mix. Repeated names among the output columns are told apart in arrays only.</source>
        <translation>成员按输入列的名称给出，其他成员被忽略。第一行决定应答的形式：不要混用。输出列中有重名时，只有用数组才能区分。</translation>
    </message>
    <message>
        <source>Call a deployment (rows as objects)</source>
        <translation>调用部署（行为对象）</translation>
    </message>
    <message>
        <source>Its SQL, its input and output columns, and which of them are common to all rows.</source>
        <translation>它的 SQL、输入列和输出列，以及其中哪些列是所有行共用的。</translation>
    </message>
    <message>
        <source>Procedures</source>
        <translation>存储过程</translation>
    </message>
    <message>
        <source>Describe a procedure</source>
        <translation>查看存储过程</translation>
    </message>
    <message>
        <source>As a deployment, but common_cols holds the values of the common columns, which are left out of each row of input.</source>
        <translation>与部署相同，但 common_cols 给出共用列的值，input 的每一行不再含这些列。</translation>
    </message>
    <message>
        <source>Call a procedure</source>
        <translation>调用存储过程</translation>
    </message>
    <message>
        <source>Of the server&apos;s own diagnostics, which answer on the same port: text or a web page.</source>
        <translation>服务器自身的诊断信息，由同一端口应答：文本或网页。</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Status page</source>
        <translation>状态页</translation>
    </message>
    <message>
        <source>Counters of the server&apos;s process, among them the times of requests.</source>
        <translation>服务器进程的计数器，其中包括请求耗时。</translation>
    </message>
    <message>
        <source>Counters</source>
        <translation>计数器</translation>
    </message>
    <message>
        <source>Version of the server.</source>
        <translation>服务器的版本。</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Answers while the server runs.</source>
        <translation>只要服务器在运行就会应答。</translation>
    </message>
    <message>
        <source>Is it alive</source>
        <translation>是否存活</translation>
    </message>
    <message>
        <source>Something before the API server wants a log-in: the server itself has none.</source>
        <translation>API 服务器之前有某个服务要求登录：服务器本身没有登录。</translation>
    </message>
    <message>
        <source>Give the user and the password of that proxy.</source>
        <translation>请给出该代理的用户和密码。</translation>
    </message>
    <message>
        <source>Something before the API server refuses the request: the server itself has no log-in.</source>
        <translation>API 服务器之前有某个服务拒绝了请求：服务器本身没有登录。</translation>
    </message>
    <message>
        <source>Give the user and the password of that proxy, or ask who runs it.</source>
        <translation>请给出该代理的用户和密码，或询问其管理者。</translation>
    </message>
    <message>
        <source>A proxy on the way wants a log-in.</source>
        <translation>途中的代理要求登录。</translation>
    </message>
    <message>
        <source>Put user and password into the connection&apos;s proxy.</source>
        <translation>请把用户和密码写入连接的代理设置。</translation>
    </message>
    <message>
        <source>the API server of OpenMLDB</source>
        <translation>OpenMLDB 的 API 服务器</translation>
    </message>
    <message>
        <source>The API server is a process of its own beside name server and tablets: start it with &quot;bin/start.sh start apiserver&quot;. It listens at 9080 as shipped; the documents use 8080.</source>
        <translation>API 服务器是 name server 和 tablet 之外的独立进程：用“bin/start.sh start apiserver”启动。出厂时监听 9080；文档中用 8080。</translation>
    </message>
</context>
<context>
    <name>connector/redshift</name>
    <message>
        <source>Data warehouse, by the Redshift Data API (cluster or serverless workgroup)</source>
        <translation>数据仓库，通过 Redshift Data API（集群或无服务器工作组）</translation>
    </message>
    <message>
        <source>AWS region of the cluster or workgroup, such as us-east-1; empty: AWS_REGION or the AWS profile&apos;s</source>
        <translation>集群或工作组所在的 AWS 区域，例如 us-east-1；留空：取 AWS_REGION 或 AWS 配置文件中的区域</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Identifier of a provisioned cluster; or else a workgroup</source>
        <translation>预置集群的标识符；否则请给出工作组</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Name or ARN of a serverless workgroup; or else a cluster</source>
        <translation>无服务器工作组的名称或 ARN；否则请给出集群</translation>
    </message>
    <message>
        <source>Workgroup</source>
        <translation>工作组</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>Of a cluster: whom temporary credentials are made for; empty: the AWS identity&apos;s own</source>
        <translation>用于集群：临时凭证为哪个用户生成；留空：AWS 身份自身的用户</translation>
    </message>
    <message>
        <source>Database user</source>
        <translation>数据库用户</translation>
    </message>
    <message>
        <source>ARN of the secret in AWS Secrets Manager that holds the database user and password</source>
        <translation>AWS Secrets Manager 中保存数据库用户和密码的密钥的 ARN</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Empty: from the environment or the AWS files</source>
        <translation>留空：取自环境变量或 AWS 文件</translation>
    </message>
    <message>
        <source>Access key id</source>
        <translation>访问密钥 ID</translation>
    </message>
    <message>
        <source>Secret access key</source>
        <translation>秘密访问密钥</translation>
    </message>
    <message>
        <source>Of temporary keys</source>
        <translation>用于临时密钥</translation>
    </message>
    <message>
        <source>Session token</source>
        <translation>会话令牌</translation>
    </message>
    <message>
        <source>Name of a profile in the AWS files, in place of keys</source>
        <translation>AWS 文件中某个配置文件（profile）的名称，用来代替密钥</translation>
    </message>
    <message>
        <source>AWS profile</source>
        <translation>AWS 配置文件</translation>
    </message>
    <message>
        <source>Seconds that a session is kept between statements, for temporary tables and SET; empty: every statement has a connection of its own</source>
        <translation>会话在语句之间保留的秒数，用于临时表和 SET；留空：每条语句使用各自的连接</translation>
    </message>
    <message>
        <source>Statement session</source>
        <translation>语句会话</translation>
    </message>
    <message>
        <source>Another address of the service: a VPC endpoint, a proxy, an emulator</source>
        <translation>服务的其他地址：VPC 端点、代理、模拟器</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>端点</translation>
    </message>
    <message>
        <source>Region that requests are signed for, where it is not the one above</source>
        <translation>请求签名所用的区域，仅在与上面的区域不同时填写</translation>
    </message>
    <message>
        <source>Signing region</source>
        <translation>签名区域</translation>
    </message>
    <message>
        <source>Amazon Redshift</source>
        <translation>Amazon Redshift</translation>
    </message>
    <message>
        <source>Sensors</source>
        <translation>传感器</translation>
    </message>
    <message>
        <source>Stocks</source>
        <translation>股票</translation>
    </message>
    <message>
        <source>Starts one statement and answers at once with its Id; SQL errors show only when it is described. Who connects: ClusterIdentifier with DbUser or SecretArn or neither, or WorkgroupName (then without DbUser). Parameters: a list of {&quot;name&quot;,&quot;value&quot;} for :name in the text, values are texts, neither null nor empty. Others: StatementName, ClientToken (a repeat within 8 hours starts nothing twice), WithEvent, ResultFormat (JSON or CSV), SessionId, SessionKeepAliveSeconds (0 to 86400), WaitTimeSeconds (1 to 30).</source>
        <translation>启动一条语句并立即以其 Id 应答；SQL 错误要到查看语句状态时才会显示。由谁连接：ClusterIdentifier 加 DbUser 或 SecretArn，或两者都不给；或者 WorkgroupName（此时不带 DbUser）。Parameters：由 {&quot;name&quot;,&quot;value&quot;} 组成的列表，对应文本中的 :name，值是文本，既不能为 null，也不能为空。其他：StatementName、ClientToken（8 小时内重复不会再次启动）、WithEvent、ResultFormat（JSON 或 CSV）、SessionId、SessionKeepAliveSeconds（0 到 86400）、WaitTimeSeconds（1 到 30）。</translation>
    </message>
    <message>
        <source>Statements</source>
        <translation>语句</translation>
    </message>
    <message>
        <source>Run one statement</source>
        <translation>运行一条语句</translation>
    </message>
    <message>
        <source>Starts 1 to 40 statements in one transaction, or with &quot;ExecutionMode&quot;: &quot;AUTO_COMMIT&quot; each alone. Their results stand under Id:1, Id:2, … Who connects: ClusterIdentifier with DbUser or SecretArn or neither, or WorkgroupName (then without DbUser). Parameters are shared by all.</source>
        <translation>在一个事务中启动 1 到 40 条语句，或用 &quot;ExecutionMode&quot;: &quot;AUTO_COMMIT&quot; 让每条单独执行。结果位于 Id:1、Id:2……由谁连接：ClusterIdentifier 加 DbUser 或 SecretArn，或两者都不给；或者 WorkgroupName（此时不带 DbUser）。Parameters 由所有语句共用。</translation>
    </message>
    <message>
        <source>Run a batch</source>
        <translation>运行一个批次</translation>
    </message>
    <message>
        <source>Status is SUBMITTED, PICKED, STARTED, FINISHED, FAILED or ABORTED; Error says why it failed; Duration counts nanoseconds; SubStatements tells of each statement of a batch.</source>
        <translation>Status 为 SUBMITTED、PICKED、STARTED、FINISHED、FAILED 或 ABORTED；Error 说明失败原因；Duration 以纳秒计；SubStatements 给出批次中每条语句的情况。</translation>
    </message>
    <message>
        <source>State of a statement</source>
        <translation>语句的状态</translation>
    </message>
    <message>
        <source>The rows of a finished statement; results are kept for 24 hours. All pages are read: NextToken need not be given. A statement of a batch: Id:N.</source>
        <translation>已完成语句的行；结果保留 24 小时。会读取所有页：无需给出 NextToken。批次中的语句：Id:N。</translation>
    </message>
    <message>
        <source>Result of a statement</source>
        <translation>语句的结果</translation>
    </message>
    <message>
        <source>One page of a result that was asked for with &quot;ResultFormat&quot;: &quot;CSV&quot;. NextToken asks for the next one.</source>
        <translation>以 &quot;ResultFormat&quot;: &quot;CSV&quot; 请求的结果的一页。用 NextToken 请求下一页。</translation>
    </message>
    <message>
        <source>Result of a statement as CSV</source>
        <translation>以 CSV 获取语句的结果</translation>
    </message>
    <message>
        <source>Stops a statement or batch that is running; a finished one is a ValidationException.</source>
        <translation>停止正在运行的语句或批次；已完成的会得到 ValidationException。</translation>
    </message>
    <message>
        <source>Stop a statement</source>
        <translation>停止语句</translation>
    </message>
    <message>
        <source>Statements of the last 24 hours. Status filters (without it only FINISHED ones come); StatementName is a prefix; RoleLevel false shows those of this session of the role only. NextToken asks for the next page.</source>
        <translation>最近 24 小时的语句。Status 用于筛选（不给出时只返回 FINISHED 的语句）；StatementName 是前缀；RoleLevel 为 false 时只显示该角色本次会话的语句。用 NextToken 请求下一页。</translation>
    </message>
    <message>
        <source>Recent statements</source>
        <translation>最近的语句</translation>
    </message>
    <message>
        <source>Sessions that were opened with SessionKeepAliveSeconds: AVAILABLE, BUSY or CLOSED; or the one of a SessionId, which then stands alone. A recent operation that older services lack.</source>
        <translation>用 SessionKeepAliveSeconds 打开的会话：AVAILABLE、BUSY 或 CLOSED；或用 SessionId 只查其中一个，此时 SessionId 须单独给出。这是较新的操作，旧版服务没有。</translation>
    </message>
    <message>
        <source>Statement sessions</source>
        <translation>语句会话</translation>
    </message>
    <message>
        <source>Names of the databases of a cluster or workgroup. Who connects: ClusterIdentifier with DbUser or SecretArn or neither, or WorkgroupName (then without DbUser). NextToken asks for the next page.</source>
        <translation>集群或工作组的数据库名称。由谁连接：ClusterIdentifier 加 DbUser 或 SecretArn，或两者都不给；或者 WorkgroupName（此时不带 DbUser）。用 NextToken 请求下一页。</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>Databases</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>Schemas of Database; ConnectedDatabase names the one to connect through where that is another. Patterns know % and _.</source>
        <translation>Database 的模式；如果要经由另一个数据库连接，用 ConnectedDatabase 指明。匹配串支持 % 和 _。</translation>
    </message>
    <message>
        <source>Schemas</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Tables and views of Database by schema and name patterns (% and _), with their type: TABLE, VIEW, SYSTEM TABLE …</source>
        <translation>按模式名和表名的匹配串（% 和 _）列出 Database 的表和视图，并给出类型：TABLE、VIEW、SYSTEM TABLE……</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Columns with their types. Without Table the columns of all tables come mixed.</source>
        <translation>列及其类型。不给出 Table 时，所有表的列混在一起返回。</translation>
    </message>
    <message>
        <source>Columns of a table</source>
        <translation>表的列</translation>
    </message>
    <message>
        <source>The user: AWS does not know the access key.</source>
        <translation>用户：AWS 不认识该访问密钥。</translation>
    </message>
    <message>
        <source>Check the key, and whether it was deactivated; temporary keys also need their session token. China and GovCloud have keys of their own.</source>
        <translation>请检查密钥，以及它是否已停用；临时密钥还需要会话令牌。中国区和 GovCloud 有各自的密钥。</translation>
    </message>
    <message>
        <source>The user: the temporary keys have expired.</source>
        <translation>用户：临时密钥已过期。</translation>
    </message>
    <message>
        <source>Log in again (aws sso login, or whatever made the keys) and test once more.</source>
        <translation>请重新登录（aws sso login，或生成密钥的其他方式），然后再测试。</translation>
    </message>
    <message>
        <source>The user: the signature does not fit. The secret key is wrong, the clock is off, or something on the way changes the request.</source>
        <translation>用户：签名不符。密钥错误、时钟不准，或途中有什么更改了请求。</translation>
    </message>
    <message>
        <source>Enter the secret key again; compare the clock below; look for a proxy that rewrites requests.</source>
        <translation>请重新输入密钥；比较下面的时钟；检查是否有改写请求的代理。</translation>
    </message>
    <message>
        <source>The permission: the keys may use the Data API, but not make credentials for this database user.</source>
        <translation>权限：密钥可以使用 Data API，但不能为此数据库用户生成凭据。</translation>
    </message>
    <message>
        <source>Allow redshift:GetClusterCredentials (without a database user: redshift:GetClusterCredentialsWithIAM) for this cluster, database and user.</source>
        <translation>请为此集群、数据库和用户允许 redshift:GetClusterCredentials（没有数据库用户时：redshift:GetClusterCredentialsWithIAM）。</translation>
    </message>
    <message>
        <source>The permission: the keys may use the Data API, but not log in to this workgroup.</source>
        <translation>权限：密钥可以使用 Data API，但不能登录此工作组。</translation>
    </message>
    <message>
        <source>Allow redshift-serverless:GetCredentials for the workgroup.</source>
        <translation>请为工作组允许 redshift-serverless:GetCredentials。</translation>
    </message>
    <message>
        <source>The permission: the keys may not read the secret that holds the database&apos;s password.</source>
        <translation>权限：密钥不能读取存放数据库密码的 secret。</translation>
    </message>
    <message>
        <source>Allow secretsmanager:GetSecretValue for the secret, and check its ARN.</source>
        <translation>请为该 secret 允许 secretsmanager:GetSecretValue，并检查其 ARN。</translation>
    </message>
    <message>
        <source>The permission: the keys are right, but do not allow this action of the Data API.</source>
        <translation>权限：密钥正确，但不允许 Data API 的这一操作。</translation>
    </message>
    <message>
        <source>Allow the action that the text names; the policy AmazonRedshiftDataFullAccess has them all.</source>
        <translation>请允许文本中所指的操作；策略 AmazonRedshiftDataFullAccess 包含全部操作。</translation>
    </message>
    <message>
        <source>The user: the database refuses the database user.</source>
        <translation>用户：数据库拒绝了该数据库用户。</translation>
    </message>
    <message>
        <source>Check db_user, or the secret that secret_arn names.</source>
        <translation>请检查 db_user，或 secret_arn 所指的 secret。</translation>
    </message>
    <message>
        <source>The cluster: it does not take connections. It may be paused, restarting, or without this database.</source>
        <translation>集群：它不接受连接。它可能已暂停、正在重启，或没有这个数据库。</translation>
    </message>
    <message>
        <source>Look at its state in the console, and check the database&apos;s name.</source>
        <translation>请在控制台查看其状态，并检查数据库的名称。</translation>
    </message>
    <message>
        <source>The cluster: it is paused.</source>
        <translation>集群：它已暂停。</translation>
    </message>
    <message>
        <source>Resume it in the console, and try again in some minutes.</source>
        <translation>请在控制台恢复它，几分钟后重试。</translation>
    </message>
    <message>
        <source>The cluster: there is no such workgroup in this region, or it cannot be used like this.</source>
        <translation>集群：此区域没有这个工作组，或不能这样使用它。</translation>
    </message>
    <message>
        <source>Check the workgroup&apos;s name, the region and the account; a workgroup goes without db_user.</source>
        <translation>请检查工作组的名称、区域和账户；工作组不带 db_user。</translation>
    </message>
    <message>
        <source>The cluster: there is no such cluster in this region, or it cannot be used like this.</source>
        <translation>集群：此区域没有这个集群，或不能这样使用它。</translation>
    </message>
    <message>
        <source>Check the cluster&apos;s identifier (not its host name), the region and the account.</source>
        <translation>请检查集群的标识符（不是主机名）、区域和账户。</translation>
    </message>
    <message>
        <source>The cluster has no such database, or this user may not enter it.</source>
        <translation>集群没有这个数据库，或该用户不能进入。</translation>
    </message>
    <message>
        <source>Check the database&apos;s name; &quot;dev&quot; is the one that a new cluster has.</source>
        <translation>请检查数据库的名称；新集群的数据库是“dev”。</translation>
    </message>
    <message>
        <source>Too many requests at once.</source>
        <translation>同时的请求太多。</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>请稍等再试。</translation>
    </message>
    <message>
        <source>the Redshift Data API of the region</source>
        <translation>该区域的 Redshift Data API</translation>
    </message>
    <message>
        <source>It is reached at redshift-data.REGION.amazonaws.com, port 443: check region and endpoint. A VPC without a way out needs an interface endpoint for redshift-data.</source>
        <translation>它在 redshift-data.REGION.amazonaws.com 的 443 端口：请检查区域和端点。没有出口的 VPC 需要 redshift-data 的接口端点。</translation>
    </message>
</context>
<context>
    <name>connector/tdengine</name>
    <message>
        <source>Time-series database, by the REST interface of taosAdapter (3.x and 2.x)</source>
        <translation>时序数据库，通过 taosAdapter 的 REST 接口访问（3.x 和 2.x）</translation>
    </message>
    <message>
        <source>Name or address of taosAdapter</source>
        <translation>taosAdapter 的名称或地址</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>User and password with each request</source>
        <translation>每次请求都带用户和密码</translation>
    </message>
    <message>
        <source>Token that the server gives for user and password</source>
        <translation>服务器凭用户和密码发放的令牌</translation>
    </message>
    <message>
        <source>Token made with CREATE TOKEN</source>
        <translation>用 CREATE TOKEN 创建的令牌</translation>
    </message>
    <message>
        <source>How requests say who asks</source>
        <translation>请求如何表明身份</translation>
    </message>
    <message>
        <source>Log-in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>Where names without a database are looked up; may stay empty</source>
        <translation>不带数据库的名称在此查找；可以留空</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>Zone of times in statements and answers, such as Asia/Shanghai; empty: UTC in answers, the server&apos;s own in statements</source>
        <translation>语句和应答中时间的时区，例如 Asia/Shanghai；留空：应答为 UTC，语句按服务器自己的时区</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>TDengine</source>
        <translation>TDengine</translation>
    </message>
    <message>
        <source>Sensors</source>
        <translation>传感器</translation>
    </message>
    <message>
        <source>Stocks</source>
        <translation>股票</translation>
    </message>
    <message>
        <source>The body is the text of exactly one statement. Parameters of the URL, all optional: conn_tz = time zone of times in the statement and in the answer (since 3.3.5); tz = zone of the answer alone; req_id = a positive number that the server&apos;s logs show; app and ip = how SHOW CONNECTIONS lists the caller; row_with_meta = true for rows as objects (repeated names lose data); timing = true for the time that the server took, in ns. Success is &quot;code&quot;:0, whatever the HTTP status.</source>
        <translation>正文恰好是一条语句的文本。URL 参数均可省略：conn_tz = 语句和应答中时间的时区（3.3.5 起）；tz = 仅应答的时区；req_id = 服务器日志中显示的正数；app 和 ip = SHOW CONNECTIONS 如何列出调用者；row_with_meta = true 时行为对象（重名会丢失数据）；timing = true 返回服务器用时（纳秒）。成功的标志是 &quot;code&quot;:0，与 HTTP 状态无关。</translation>
    </message>
    <message>
        <source>Statements</source>
        <translation>语句</translation>
    </message>
    <message>
        <source>Run one statement</source>
        <translation>运行一条语句</translation>
    </message>
    <message>
        <source>As above, after an implicit USE {{database}} whose failure the server ignores: a misspelt name shows as &quot;database not specified&quot; or as a table that does not exist. The body may be any statement: this one writes.</source>
        <translation>同上，但先隐式执行 USE {{database}}，其失败被服务器忽略：名称拼错时表现为“database not specified”或表不存在。正文可以是任何语句：此例写入。</translation>
    </message>
    <message>
        <source>Run one statement in a database</source>
        <translation>在数据库中运行一条语句</translation>
    </message>
    <message>
        <source>2.x only, 404 in 3.x: times come as counts since 1970 in the precision of the database.</source>
        <translation>仅 2.x，3.x 返回 404：时间为 1970 年以来按数据库精度的计数。</translation>
    </message>
    <message>
        <source>Run one statement (2.x: times as numbers)</source>
        <translation>运行一条语句（2.x：时间为数字）</translation>
    </message>
    <message>
        <source>2.x only, 404 in 3.x: times come as RFC 3339 text with their zone.</source>
        <translation>仅 2.x，3.x 返回 404：时间为带时区的 RFC 3339 文本。</translation>
    </message>
    <message>
        <source>Run one statement (2.x: times with zone)</source>
        <translation>运行一条语句（2.x：时间带时区）</translation>
    </message>
    <message>
        <source>The body is a JSON list of table names of {{database}}; the answer&apos;s vgIDs tells in which virtual group each of them is.</source>
        <translation>正文是 {{database}} 中表名的 JSON 列表；应答的 vgIDs 说明每个表在哪个虚拟组。</translation>
    </message>
    <message>
        <source>Virtual groups of tables</source>
        <translation>表所在的虚拟组</translation>
    </message>
    <message>
        <source>The token stands in &quot;desc&quot; and is used as &quot;Authorization: Taosd &lt;token&gt;&quot;. It can be turned back into the password: treat it as one. Both parts are percent-encoded and have at most 24 bytes.</source>
        <translation>令牌在“desc”中，用作“Authorization: Taosd &lt;token&gt;”。它可以还原成密码，请当作密码对待。两部分都要百分号编码，最长 24 字节。</translation>
    </message>
    <message>
        <source>Get a token</source>
        <translation>获取令牌</translation>
    </message>
    <message>
        <source>A multipart form with one field &quot;data&quot;: CSV without a header line, columns in the order of the table, tags excluded, an empty cell without quotes is NULL. db and table name the target; batch (optional) is the number of rows in one insert.</source>
        <translation>带一个字段“data”的多部分表单：没有标题行的 CSV，列按表的顺序，不含标签，不带引号的空单元格为 NULL。db 和 table 指定目标；batch（可选）是一次插入的行数。</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>Import CSV</source>
        <translation>导入 CSV</translation>
    </message>
    <message>
        <source>One line a point. db = target database; precision = unit of the times: ns, us, ms, s, m, h; ttl (optional) = days that new tables live. u and p (user and password) can stand in the URL where no log-in is sent. Success is 204 without a body.</source>
        <translation>每行一个点。db = 目标数据库；precision = 时间单位：ns、us、ms、s、m、h；ttl（可选）= 新表保留的天数。不发送登录信息时，u 和 p（用户和密码）可以放在 URL 中。成功为 204，无正文。</translation>
    </message>
    <message>
        <source>InfluxDB line protocol</source>
        <translation>InfluxDB 行协议</translation>
    </message>
    <message>
        <source>A point or a list of points: metric, timestamp (seconds or milliseconds), value, tags. Success is 204 without a body.</source>
        <translation>一个点或点的列表：metric、timestamp（秒或毫秒）、value、tags。成功为 204，无正文。</translation>
    </message>
    <message>
        <source>OpenTSDB JSON</source>
        <translation>OpenTSDB JSON</translation>
    </message>
    <message>
        <source>One line a point: metric, time, value, tags. Success is 204 without a body.</source>
        <translation>每行一个点：metric、时间、值、标签。成功为 204，无正文。</translation>
    </message>
    <message>
        <source>OpenTSDB telnet lines</source>
        <translation>OpenTSDB telnet 行</translation>
    </message>
    <message>
        <source>The body is a protocol-buffers WriteRequest, packed with snappy: point Prometheus at this URL. An empty body, as here, is refused.</source>
        <translation>正文是用 snappy 压缩的 protocol-buffers WriteRequest：请让 Prometheus 指向此 URL。像这里的空正文会被拒绝。</translation>
    </message>
    <message>
        <source>Prometheus</source>
        <translation>Prometheus</translation>
    </message>
    <message>
        <source>Remote write</source>
        <translation>远程写入</translation>
    </message>
    <message>
        <source>The body is a protocol-buffers ReadRequest, packed with snappy: point Prometheus at this URL. An empty body, as here, is refused.</source>
        <translation>正文是用 snappy 压缩的 protocol-buffers ReadRequest：请让 Prometheus 指向此 URL。像这里的空正文会被拒绝。</translation>
    </message>
    <message>
        <source>Remote read</source>
        <translation>远程读取</translation>
    </message>
    <message>
        <source>200 or 503 without a body. action=query asks whether queries are taken, which memory pressure can stop.</source>
        <translation>200 或 503，无正文。action=query 询问是否接受查询，内存压力可能使其停止。</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Is it alive</source>
        <translation>是否存活</translation>
    </message>
    <message>
        <source>The adapter&apos;s own figures as Prometheus text.</source>
        <translation>适配器自身的指标，Prometheus 文本格式。</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Changes the running adapter. log.level is one of panic, fatal, error, warn, info, debug, trace. Two at once: 429.</source>
        <translation>更改运行中的适配器。log.level 为 panic、fatal、error、warn、info、debug、trace 之一。同时两次：429。</translation>
    </message>
    <message>
        <source>Set the log level</source>
        <translation>设置日志级别</translation>
    </message>
    <message>
        <source>Whether the adapter is recording the statements that it is sent, and since when.</source>
        <translation>适配器是否在记录收到的语句，以及从何时开始。</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Is SQL being recorded</source>
        <translation>是否在记录 SQL</translation>
    </message>
    <message>
        <source>The adapter writes statements to its log folder between start_time and end_time, both optional. Two at once: 429.</source>
        <translation>适配器把 start_time 与 end_time（均可省略）之间的语句写入其日志文件夹。同时两次：429。</translation>
    </message>
    <message>
        <source>Start recording SQL</source>
        <translation>开始记录 SQL</translation>
    </message>
    <message>
        <source>Ends a recording that is on.</source>
        <translation>结束正在进行的记录。</translation>
    </message>
    <message>
        <source>Stop recording SQL</source>
        <translation>停止记录 SQL</translation>
    </message>
    <message>
        <source>The same for prepared statements.</source>
        <translation>同样，针对预编译语句。</translation>
    </message>
    <message>
        <source>Are prepared statements being recorded</source>
        <translation>是否在记录预编译语句</translation>
    </message>
    <message>
        <source>The adapter writes prepared statements to its log folder between start_time and end_time, both optional. Two at once: 429.</source>
        <translation>适配器把 start_time 与 end_time（均可省略）之间的预编译语句写入其日志文件夹。同时两次：429。</translation>
    </message>
    <message>
        <source>Start recording prepared statements</source>
        <translation>开始记录预编译语句</translation>
    </message>
    <message>
        <source>Stop recording prepared statements</source>
        <translation>停止记录预编译语句</translation>
    </message>
    <message>
        <source>Where drivers connect; a plain request is answered with 400, which tells that it is there. Newer servers serve all protocols here.</source>
        <translation>驱动程序在此连接；普通请求得到 400，说明它存在。较新的服务器在此提供所有协议。</translation>
    </message>
    <message>
        <source>WebSocket</source>
        <translation>WebSocket</translation>
    </message>
    <message>
        <source>WebSocket (all protocols)</source>
        <translation>WebSocket（所有协议）</translation>
    </message>
    <message>
        <source>The protocol of statements; a plain request is answered with 400.</source>
        <translation>语句的协议；普通请求得到 400。</translation>
    </message>
    <message>
        <source>WebSocket: statements</source>
        <translation>WebSocket：语句</translation>
    </message>
    <message>
        <source>The protocol of prepared statements; a plain request is answered with 400.</source>
        <translation>预编译语句的协议；普通请求得到 400。</translation>
    </message>
    <message>
        <source>WebSocket: prepared statements</source>
        <translation>WebSocket：预编译语句</translation>
    </message>
    <message>
        <source>The protocol of line formats; a plain request is answered with 400.</source>
        <translation>行格式的协议；普通请求得到 400。</translation>
    </message>
    <message>
        <source>WebSocket: schemaless</source>
        <translation>WebSocket：无模式写入</translation>
    </message>
    <message>
        <source>The protocol of topics; a plain request is answered with 400.</source>
        <translation>主题的协议；普通请求得到 400。</translation>
    </message>
    <message>
        <source>WebSocket: subscriptions</source>
        <translation>WebSocket：订阅</translation>
    </message>
    <message>
        <source>The password is wrong, or there is no such user. The server says so by code 855 (0x0357), often with HTTP status 200.</source>
        <translation>密码错误，或没有这个用户。服务器以代码 855（0x0357）说明这一点，常常带着 HTTP 状态 200。</translation>
    </message>
    <message>
        <source>Check user and password; user names are case-sensitive. An installation starts with the user root.</source>
        <translation>请检查用户和密码；用户名区分大小写。安装后初始用户为 root。</translation>
    </message>
    <message>
        <source>No log-in came to the server.</source>
        <translation>没有登录信息到达服务器。</translation>
    </message>
    <message>
        <source>Give user and password, or look for a proxy on the way that takes the header Authorization away.</source>
        <translation>请给出用户和密码，或检查途中是否有去掉 Authorization 标头的代理。</translation>
    </message>
    <message>
        <source>The server does not understand this kind of log-in.</source>
        <translation>服务器不理解这种登录方式。</translation>
    </message>
    <message>
        <source>Choose user and password with each request: tokens need a newer server, or the Enterprise edition.</source>
        <translation>请选择每个请求都带用户和密码：令牌需要更新的服务器，或企业版。</translation>
    </message>
    <message>
        <source>The server refuses this user.</source>
        <translation>服务器拒绝此用户。</translation>
    </message>
    <message>
        <source>Ask an administrator whether the user is enabled and may connect.</source>
        <translation>请询问管理员该用户是否已启用并允许连接。</translation>
    </message>
    <message>
        <source>The server does not take connections from this address.</source>
        <translation>服务器不接受来自此地址的连接。</translation>
    </message>
    <message>
        <source>Have the address of this computer put on the server&apos;s white list.</source>
        <translation>请把本机的地址加入服务器的白名单。</translation>
    </message>
    <message>
        <source>taosAdapter runs, but does not reach the database behind it.</source>
        <translation>taosAdapter 在运行，但无法到达其后的数据库。</translation>
    </message>
    <message>
        <source>Start taosd, and check the address that taosAdapter has for it (taosadapter.toml, taos.cfg).</source>
        <translation>请启动 taosd，并检查 taosAdapter 所用的地址（taosadapter.toml、taos.cfg）。</translation>
    </message>
    <message>
        <source>taosAdapter is overloaded: it refuses statements while memory is short or all connections are in use.</source>
        <translation>taosAdapter 过载：内存不足或所有连接都被占用时，它拒绝语句。</translation>
    </message>
    <message>
        <source>Try again later; its log tells which limit was reached.</source>
        <translation>请稍后重试；其日志说明达到了哪个上限。</translation>
    </message>
    <message>
        <source>taosAdapter, the REST service of TDengine</source>
        <translation>taosAdapter，TDengine 的 REST 服务</translation>
    </message>
    <message>
        <source>taosAdapter is a program of its own beside the database: start it with &quot;systemctl start taosadapter&quot;, or publish port 6041 of the container. Port 6030 is the native protocol and no REST service.</source>
        <translation>taosAdapter 是数据库之外的独立程序：用“systemctl start taosadapter”启动，或发布容器的端口 6041。端口 6030 是原生协议，不是 REST 服务。</translation>
    </message>
</context>
<context>
    <name>connector/timescale</name>
    <message>
        <source>HTTP API in front of TimescaleDB: API Gateway and Lambda, or any that answers with JSON</source>
        <translation>TimescaleDB 前面的 HTTP API：API Gateway 和 Lambda，或任何以 JSON 应答的 API</translation>
    </message>
    <message>
        <source>API gateway, or any HTTP API</source>
        <translation>API 网关，或任何 HTTP API</translation>
    </message>
    <message>
        <source>Lambda function, without a gateway</source>
        <translation>Lambda 函数，不经网关</translation>
    </message>
    <message>
        <source>By the gateway, or the function behind it at once</source>
        <translation>经由网关，或直接调用其后的函数</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>途径</translation>
    </message>
    <message>
        <source>Such as ID.execute-api.us-east-1.amazonaws.com, or a domain of your own</source>
        <translation>例如 ID.execute-api.us-east-1.amazonaws.com，或自有域名</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Of the function, such as us-east-1</source>
        <translation>函数所在的区域，例如 us-east-1</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Stage, or what stands before all resources, such as prod</source>
        <translation>阶段，或所有资源之前的路径，例如 prod</translation>
    </message>
    <message>
        <source>Base path</source>
        <translation>基础路径</translation>
    </message>
    <message>
        <source>Its name or ARN</source>
        <translation>函数的名称或 ARN</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>API key (x-api-key)</source>
        <translation>API 密钥（x-api-key）</translation>
    </message>
    <message>
        <source>AWS signature (IAM)</source>
        <translation>AWS 签名（IAM）</translation>
    </message>
    <message>
        <source>Token (JWT, Cognito)</source>
        <translation>令牌（JWT、Cognito）</translation>
    </message>
    <message>
        <source>What the API asks for; a function without a gateway is always called with a signature</source>
        <translation>API 要求的方式；不经网关的函数始终带签名调用</translation>
    </message>
    <message>
        <source>Log-in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API 密钥</translation>
    </message>
    <message>
        <source>Environment variable that holds the key</source>
        <translation>保存密钥的环境变量</translation>
    </message>
    <message>
        <source>API key from</source>
        <translation>API 密钥来源</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>Environment variable that holds the token</source>
        <translation>保存令牌的环境变量</translation>
    </message>
    <message>
        <source>Token from</source>
        <translation>令牌来源</translation>
    </message>
    <message>
        <source>Bearer TOKEN</source>
        <translation>Bearer 令牌</translation>
    </message>
    <message>
        <source>The token alone (Cognito)</source>
        <translation>仅令牌（Cognito）</translation>
    </message>
    <message>
        <source>Token goes as</source>
        <translation>令牌的发送形式</translation>
    </message>
    <message>
        <source>Empty: as the AWS tools find it. Also signs requests to AWS&apos;s own services</source>
        <translation>留空：按 AWS 工具的方式查找。也用于为发往 AWS 自身服务的请求签名</translation>
    </message>
    <message>
        <source>AWS access key</source>
        <translation>AWS 访问密钥</translation>
    </message>
    <message>
        <source>AWS secret key</source>
        <translation>AWS 秘密访问密钥</translation>
    </message>
    <message>
        <source>Of temporary keys</source>
        <translation>用于临时密钥</translation>
    </message>
    <message>
        <source>AWS session token</source>
        <translation>AWS 会话令牌</translation>
    </message>
    <message>
        <source>Name in ~/.aws/credentials or ~/.aws/config</source>
        <translation>~/.aws/credentials 或 ~/.aws/config 中的名称</translation>
    </message>
    <message>
        <source>AWS profile</source>
        <translation>AWS 配置文件</translation>
    </message>
    <message>
        <source>Empty: as the host name, or the AWS tools&apos; settings, say</source>
        <translation>留空：取自主机名或 AWS 工具的设置</translation>
    </message>
    <message>
        <source>AWS region</source>
        <translation>AWS 区域</translation>
    </message>
    <message>
        <source>execute-api; lambda for function URLs</source>
        <translation>execute-api；函数 URL 用 lambda</translation>
    </message>
    <message>
        <source>Signed service</source>
        <translation>签名的服务</translation>
    </message>
    <message>
        <source>URL that stands for AWS&apos;s own services (emulators, the sandbox)</source>
        <translation>代替 AWS 自身服务的 URL（模拟器、沙盒）</translation>
    </message>
    <message>
        <source>AWS endpoint</source>
        <translation>AWS 端点</translation>
    </message>
    <message>
        <source>JSON pointer to the rows of an answer, such as /data/rows; empty: found by what there is</source>
        <translation>指向应答中各行的 JSON 指针，例如 /data/rows；留空：按应答内容查找</translation>
    </message>
    <message>
        <source>Rows at</source>
        <translation>行的位置</translation>
    </message>
    <message>
        <source>Lists the resources of this API by API Gateway&apos;s management interface</source>
        <translation>通过 API Gateway 的管理接口列出此 API 的资源</translation>
    </message>
    <message>
        <source>API ID</source>
        <translation>API ID</translation>
    </message>
    <message>
        <source>Of that API</source>
        <translation>该 API 的阶段</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>OpenAPI file</source>
        <translation>OpenAPI 文件</translation>
    </message>
    <message>
        <source>Typed in: /ticker, POST /insert</source>
        <translation>手动填写：/ticker, POST /insert</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>资源</translation>
    </message>
    <message>
        <source>In the order that the function inserts: /insert(time,symbol:text,price_open)</source>
        <translation>按函数插入的顺序：/insert(time,symbol:text,price_open)</translation>
    </message>
    <message>
        <source>Columns of records</source>
        <translation>记录的列</translation>
    </message>
    <message>
        <source>More go in several requests</source>
        <translation>更多记录分成多个请求发送</translation>
    </message>
    <message>
        <source>Records at once</source>
        <translation>每次的记录数</translation>
    </message>
    <message>
        <source>TimescaleDB data API</source>
        <translation>TimescaleDB 数据 API</translation>
    </message>
    <message>
        <source>Stocks by a data API</source>
        <translation>通过数据 API 查询股票</translation>
    </message>
    <message>
        <source>Insert by a data API</source>
        <translation>通过数据 API 插入</translation>
    </message>
    <message>
        <source>A GET of a resource. Parameters of the query go to the function, which may use them or not: that of the tutorial ignores symbol. The answer is shown as a table whatever it is wrapped in.</source>
        <translation>对资源的 GET。查询参数会传给函数，函数可用可不用：教程中的函数忽略 symbol。无论应答如何包装，都显示为表格。</translation>
    </message>
    <message>
        <source>Data API</source>
        <translation>数据 API</translation>
    </message>
    <message>
        <source>Get rows</source>
        <translation>获取行</translation>
    </message>
    <message>
        <source>The tutorial&apos;s function inserts by position: the order of the keys is the order of the table&apos;s columns, and a wrong one swaps values without an error. Set the order in the connection (columns=) to be warned. Never sent twice; many records go in several requests.</source>
        <translation>教程中的函数按位置插入：键的顺序就是表中列的顺序，顺序错误会调换值而不报错。在连接中设置顺序（columns=）即可得到警告。从不重复发送；记录较多时分成多个请求。</translation>
    </message>
    <message>
        <source>Insert records</source>
        <translation>插入记录</translation>
    </message>
    <message>
        <source>OPTIONS tells which methods and origins a browser may use, where the API&apos;s owner has set that up.</source>
        <translation>OPTIONS 说明浏览器可使用哪些方法和来源，前提是 API 的所有者已作设置。</translation>
    </message>
    <message>
        <source>What a resource allows (CORS)</source>
        <translation>资源允许什么（CORS）</translation>
    </message>
    <message>
        <source>Signed with the connection&apos;s AWS keys (the header names region and service, never a key). Waits for the answer (RequestResponse). The body is the event; this one is what a gateway with a proxy integration sends. A failed function answers 200 with X-Amz-Function-Error.</source>
        <translation>用连接的 AWS 密钥签名（标头给出区域和服务，从不含密钥）。等待应答（RequestResponse）。请求体就是事件；这里的事件与使用代理集成的网关所发送的相同。函数失败时应答 200，并带有 X-Amz-Function-Error。</translation>
    </message>
    <message>
        <source>Lambda</source>
        <translation>Lambda</translation>
    </message>
    <message>
        <source>Invoke a function</source>
        <translation>调用函数</translation>
    </message>
    <message>
        <source>Signed with the connection&apos;s AWS keys (the header names region and service, never a key). Event: 202 without a body; the function runs later, twice more where it fails.</source>
        <translation>用连接的 AWS 密钥签名（标头给出区域和服务，从不含密钥）。Event：202，没有应答体；函数稍后运行，失败时再运行两次。</translation>
    </message>
    <message>
        <source>Invoke without waiting</source>
        <translation>调用而不等待</translation>
    </message>
    <message>
        <source>Signed with the connection&apos;s AWS keys (the header names region and service, never a key). DryRun: 204 where it may; nothing runs.</source>
        <translation>用连接的 AWS 密钥签名（标头给出区域和服务，从不含密钥）。DryRun：允许时为 204；不运行任何内容。</translation>
    </message>
    <message>
        <source>May it be invoked</source>
        <translation>是否允许调用</translation>
    </message>
    <message>
        <source>Signed with the connection&apos;s AWS keys (the header names region and service, never a key). Functions and NextMarker; the next page is asked for with &amp;Marker=…</source>
        <translation>用连接的 AWS 密钥签名（标头给出区域和服务，从不含密钥）。返回 Functions 和 NextMarker；用 &amp;Marker=… 请求下一页。</translation>
    </message>
    <message>
        <source>List functions</source>
        <translation>列出函数</translation>
    </message>
    <message>
        <source>Signed with the connection&apos;s AWS keys (the header names region and service, never a key). REST APIs; the list is named &quot;item&quot; on the wire, and &quot;position&quot; asks for the next page. Accept: application/json, or HAL comes.</source>
        <translation>用连接的 AWS 密钥签名（标头给出区域和服务，从不含密钥）。REST API；传输中列表名为 &quot;item&quot;，用 &quot;position&quot; 请求下一页。须带 Accept: application/json，否则返回 HAL。</translation>
    </message>
    <message>
        <source>API Gateway</source>
        <translation>API Gateway</translation>
    </message>
    <message>
        <source>List APIs</source>
        <translation>列出 API</translation>
    </message>
    <message>
        <source>Signed with the connection&apos;s AWS keys (the header names region and service, never a key). Stages of an API; its URL is https://API.execute-api.REGION.amazonaws.com/STAGE</source>
        <translation>用连接的 AWS 密钥签名（标头给出区域和服务，从不含密钥）。API 的阶段；其 URL 为 https://API.execute-api.REGION.amazonaws.com/STAGE</translation>
    </message>
    <message>
        <source>List stages</source>
        <translation>列出阶段</translation>
    </message>
    <message>
        <source>Signed with the connection&apos;s AWS keys (the header names region and service, never a key). APIs of the second generation: items and nextToken.</source>
        <translation>用连接的 AWS 密钥签名（标头给出区域和服务，从不含密钥）。第二代 API：items 和 nextToken。</translation>
    </message>
    <message>
        <source>List HTTP APIs</source>
        <translation>列出 HTTP API</translation>
    </message>
    <message>
        <source>Signed with the connection&apos;s AWS keys (the header names region and service, never a key). The stage as an OpenAPI document: saved as a file it can be the connection&apos;s catalogue (openapi=FILE).</source>
        <translation>用连接的 AWS 密钥签名（标头给出区域和服务，从不含密钥）。以 OpenAPI 文档形式返回阶段：保存为文件后，可用作连接的目录（openapi=FILE）。</translation>
    </message>
    <message>
        <source>Export as OpenAPI</source>
        <translation>导出为 OpenAPI</translation>
    </message>
    <message>
        <source>Signed with the connection&apos;s AWS keys (the header names region and service, never a key). Uploads the library as a layer; the zip file is looked up from the folder where the program was started. The answer&apos;s LayerVersionArn goes into the next step.</source>
        <translation>用连接的 AWS 密钥签名（标头给出区域和服务，从不含密钥）。把库上传为层；zip 文件从程序启动时所在的文件夹查找。应答中的 LayerVersionArn 用于下一步。</translation>
    </message>
    <message>
        <source>The tutorial&apos;s steps</source>
        <translation>教程的步骤</translation>
    </message>
    <message>
        <source>1 publish-layer-version</source>
        <translation>1 publish-layer-version</translation>
    </message>
    <message>
        <source>Signed with the connection&apos;s AWS keys (the header names region and service, never a key). The handler is FILE.FUNCTION: for insert_function.py it has to be insert_function.lambda_handler, with the layer, or the function cannot be imported.</source>
        <translation>用连接的 AWS 密钥签名（标头给出区域和服务，从不含密钥）。处理程序写作 FILE.FUNCTION：对于 insert_function.py 必须是 insert_function.lambda_handler，并带上层，否则无法导入函数。</translation>
    </message>
    <message>
        <source>2 create-function</source>
        <translation>2 create-function</translation>
    </message>
    <message>
        <source>Signed with the connection&apos;s AWS keys (the header names region and service, never a key). Uploads a changed zip file.</source>
        <translation>用连接的 AWS 密钥签名（标头给出区域和服务，从不含密钥）。上传更改后的 zip 文件。</translation>
    </message>
    <message>
        <source>3 update-function-code</source>
        <translation>3 update-function-code</translation>
    </message>
    <message>
        <source>Signed with the connection&apos;s AWS keys (the header names region and service, never a key). How the function reaches its database: the variables replace all that were set before.</source>
        <translation>用连接的 AWS 密钥签名（标头给出区域和服务，从不含密钥）。函数如何访问其数据库：这些变量会替换之前设置的所有变量。</translation>
    </message>
    <message>
        <source>4 update-function-configuration</source>
        <translation>4 update-function-configuration</translation>
    </message>
    <message>
        <source>Signed with the connection&apos;s AWS keys (the header names region and service, never a key). Tries the function without a gateway.</source>
        <translation>用连接的 AWS 密钥签名（标头给出区域和服务，从不含密钥）。不经网关试运行函数。</translation>
    </message>
    <message>
        <source>5 invoke</source>
        <translation>5 invoke</translation>
    </message>
    <message>
        <source>Signed with the connection&apos;s AWS keys (the header names region and service, never a key). The answer&apos;s id is the API&apos;s id in of the steps below.</source>
        <translation>用连接的 AWS 密钥签名（标头给出区域和服务，从不含密钥）。应答中的 id 就是下面各步骤中 API 的 id。</translation>
    </message>
    <message>
        <source>6 create-rest-api</source>
        <translation>6 create-rest-api</translation>
    </message>
    <message>
        <source>Signed with the connection&apos;s AWS keys (the header names region and service, never a key). A new API has the root alone; its id is the parent of the next step.</source>
        <translation>用连接的 AWS 密钥签名（标头给出区域和服务，从不含密钥）。新 API 只有根资源；其 id 是下一步的父资源。</translation>
    </message>
    <message>
        <source>7 get-resources</source>
        <translation>7 get-resources</translation>
    </message>
    <message>
        <source>Signed with the connection&apos;s AWS keys (the header names region and service, never a key). A path below the parent; its id is the resource of the steps below.</source>
        <translation>用连接的 AWS 密钥签名（标头给出区域和服务，从不含密钥）。父资源下的一个路径；其 id 是下面各步骤中的资源。</translation>
    </message>
    <message>
        <source>8 create-resource</source>
        <translation>8 create-resource</translation>
    </message>
    <message>
        <source>Signed with the connection&apos;s AWS keys (the header names region and service, never a key). NONE makes data public: AWS_IAM or &quot;apiKeyRequired&quot;: true do not. false: the parameter may be left out.</source>
        <translation>用连接的 AWS 密钥签名（标头给出区域和服务，从不含密钥）。NONE 会使数据公开：AWS_IAM 或 &quot;apiKeyRequired&quot;: true 则不会。false：该参数可以省略。</translation>
    </message>
    <message>
        <source>9 put-method</source>
        <translation>9 put-method</translation>
    </message>
    <message>
        <source>Signed with the connection&apos;s AWS keys (the header names region and service, never a key). Declares that the method answers 200.</source>
        <translation>用连接的 AWS 密钥签名（标头给出区域和服务，从不含密钥）。声明该方法应答 200。</translation>
    </message>
    <message>
        <source>10 put-method-response</source>
        <translation>10 put-method-response</translation>
    </message>
    <message>
        <source>Signed with the connection&apos;s AWS keys (the header names region and service, never a key). AWS_PROXY hands the request to the function and its answer to the caller. The tutorial takes AWS with a mapping template, which wraps the answer, hides errors under 200, and gives inserts no body.</source>
        <translation>用连接的 AWS 密钥签名（标头给出区域和服务，从不含密钥）。AWS_PROXY 把请求交给函数，并把函数的应答交给调用方。教程使用带映射模板的 AWS，它会包装应答，把错误隐藏在 200 之下，并且不给插入传递请求体。</translation>
    </message>
    <message>
        <source>11 put-integration</source>
        <translation>11 put-integration</translation>
    </message>
    <message>
        <source>Signed with the connection&apos;s AWS keys (the header names region and service, never a key). For integrations of type AWS: every answer of the function goes out as 200. A proxy integration needs none.</source>
        <translation>用连接的 AWS 密钥签名（标头给出区域和服务，从不含密钥）。用于 AWS 类型的集成：函数的每个应答都以 200 发出。代理集成不需要此步骤。</translation>
    </message>
    <message>
        <source>12 put-integration-response</source>
        <translation>12 put-integration-response</translation>
    </message>
    <message>
        <source>Signed with the connection&apos;s AWS keys (the header names region and service, never a key). Makes the API reachable at https://API.execute-api.REGION.amazonaws.com/STAGE; changes after it need another one.</source>
        <translation>用连接的 AWS 密钥签名（标头给出区域和服务，从不含密钥）。使 API 可通过 https://API.execute-api.REGION.amazonaws.com/STAGE 访问；之后再有更改，需要重新部署。</translation>
    </message>
    <message>
        <source>13 create-deployment</source>
        <translation>13 create-deployment</translation>
    </message>
    <message>
        <source>The gateway does not know this path, method or stage, or misses a signature: it says the same of all of them.</source>
        <translation>网关不认识此路径、方法或阶段，或缺少签名：它对这些情况都这样说。</translation>
    </message>
    <message>
        <source>Check the base path (the stage, such as prod) and the resource first; if the API wants AWS signatures, choose them as the log-in.</source>
        <translation>请先检查基础路径（阶段，例如 prod）和资源；如果 API 要求 AWS 签名，请选择它作为登录方式。</translation>
    </message>
    <message>
        <source>The signature does not fit: the secret key is wrong, the signed region or service is another, or the clock is off.</source>
        <translation>签名不符：密钥错误、签名的区域或服务不对，或时钟不准。</translation>
    </message>
    <message>
        <source>Enter the secret key again; check region and service (execute-api; lambda for function URLs); compare the clock below.</source>
        <translation>请重新输入密钥；检查区域和服务（execute-api；函数 URL 为 lambda）；比较下面的时钟。</translation>
    </message>
    <message>
        <source>The access key is not known, or temporary keys came without their session token.</source>
        <translation>不认识该访问密钥，或临时密钥没有带会话令牌。</translation>
    </message>
    <message>
        <source>Check access key and session token.</source>
        <translation>请检查访问密钥和会话令牌。</translation>
    </message>
    <message>
        <source>The keys are right, but may not call this API.</source>
        <translation>密钥正确，但不能调用此 API。</translation>
    </message>
    <message>
        <source>Allow execute-api:Invoke for the API, stage and method; look at the API&apos;s resource policy too.</source>
        <translation>请为该 API、阶段和方法允许 execute-api:Invoke；也请查看 API 的资源策略。</translation>
    </message>
    <message>
        <source>The API&apos;s authorizer knows who asks and says no.</source>
        <translation>API 的授权器知道来者是谁，并拒绝了。</translation>
    </message>
    <message>
        <source>Ask who runs the API which rights the token needs.</source>
        <translation>请询问 API 的管理者令牌需要哪些权限。</translation>
    </message>
    <message>
        <source>The API key is missing or wrong, or belongs to no usage plan of this stage.</source>
        <translation>API 密钥缺失、错误，或不属于此阶段的任何使用计划。</translation>
    </message>
    <message>
        <source>Check the API key; a firewall before the gateway says the same.</source>
        <translation>请检查 API 密钥；网关之前的防火墙也会这样说。</translation>
    </message>
    <message>
        <source>The token has expired.</source>
        <translation>令牌已过期。</translation>
    </message>
    <message>
        <source>Get a new token.</source>
        <translation>请取得新的令牌。</translation>
    </message>
    <message>
        <source>The API does not take the token, or misses one.</source>
        <translation>API 不接受该令牌，或缺少令牌。</translation>
    </message>
    <message>
        <source>Check the token and how it goes (&quot;Bearer TOKEN&quot;, or alone for Cognito).</source>
        <translation>请检查令牌及其写法（“Bearer TOKEN”，或在 Cognito 中单独给出）。</translation>
    </message>
    <message>
        <source>The API has no such path.</source>
        <translation>API 没有这个路径。</translation>
    </message>
    <message>
        <source>Check base path and resource; the stage $default has no part of the path.</source>
        <translation>请检查基础路径和资源；阶段 $default 在路径中没有对应部分。</translation>
    </message>
    <message>
        <source>The quota or the rate of the API key is used up.</source>
        <translation>API 密钥的配额或速率已用完。</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>请稍后重试。</translation>
    </message>
    <message>
        <source>The function behind the API failed, or answered in a form that the gateway does not take.</source>
        <translation>API 后面的函数失败了，或以网关不接受的形式应答。</translation>
    </message>
    <message>
        <source>Look at the function&apos;s log in CloudWatch.</source>
        <translation>请在 CloudWatch 中查看该函数的日志。</translation>
    </message>
    <message>
        <source>The function behind the API took longer than the gateway waits (29 s by default).</source>
        <translation>API 后面的函数所用时间超过网关的等待时间（默认 29 秒）。</translation>
    </message>
    <message>
        <source>Try again: a first call starts the function. Look at its log if it stays so.</source>
        <translation>请重试：首次调用会启动函数。如果仍然如此，请查看其日志。</translation>
    </message>
    <message>
        <source>the API gateway, or what stands in its place</source>
        <translation>API 网关，或代替它的服务</translation>
    </message>
    <message>
        <source>A gateway listens at 443 for https. An API of your own has its port in its settings: put it behind the host.</source>
        <translation>网关以 https 监听 443。自有 API 的端口见其设置：请写在主机之后。</translation>
    </message>
    <message>
        <source>OAuth 2 (a token that is fetched and renewed)</source>
        <translation>OAuth 2（获取并更新的令牌）</translation>
    </message>
    <message>
        <source>Of the authorization server, such as https://login.example/oauth2/token</source>
        <translation>授权服务器的令牌地址，例如 https://login.example/oauth2/token</translation>
    </message>
    <message>
        <source>Token URL</source>
        <translation>令牌 URL</translation>
    </message>
    <message>
        <source>Client credentials</source>
        <translation>客户端凭据</translation>
    </message>
    <message>
        <source>Refresh token</source>
        <translation>刷新令牌</translation>
    </message>
    <message>
        <source>Grant</source>
        <translation>授权方式</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>客户端 ID</translation>
    </message>
    <message>
        <source>Empty: a public client</source>
        <translation>为空：公共客户端</translation>
    </message>
    <message>
        <source>Client secret</source>
        <translation>客户端机密</translation>
    </message>
    <message>
        <source>Environment variable that holds it</source>
        <translation>存放它的环境变量</translation>
    </message>
    <message>
        <source>Client secret from</source>
        <translation>客户端机密来自</translation>
    </message>
    <message>
        <source>Refresh token from</source>
        <translation>刷新令牌来自</translation>
    </message>
    <message>
        <source>What the token is to be good for, as the API says; several with blanks between</source>
        <translation>令牌应适用的范围，按 API 的说法；多个之间用空格</translation>
    </message>
    <message>
        <source>Scope</source>
        <translation>范围 (scope)</translation>
    </message>
    <message>
        <source>Where the authorization server asks for one</source>
        <translation>仅当授权服务器要求时</translation>
    </message>
    <message>
        <source>Audience</source>
        <translation>受众 (audience)</translation>
    </message>
    <message>
        <source>In a header (Basic)</source>
        <translation>在标头中（Basic）</translation>
    </message>
    <message>
        <source>In the form</source>
        <translation>在表单中</translation>
    </message>
    <message>
        <source>How the authorization server is told the client secret</source>
        <translation>如何把客户端机密告诉授权服务器</translation>
    </message>
    <message>
        <source>Client logs in</source>
        <translation>客户端登录方式</translation>
    </message>
    <message>
        <source>OpenAPI 3 or Swagger 2, JSON or YAML: lists the resources</source>
        <translation>OpenAPI 3 或 Swagger 2，JSON 或 YAML：列出资源</translation>
    </message>
</context>
<context>
    <name>desktop::ColourChoice</name>
    <message>
        <source>blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>orange</source>
        <translation>橙色</translation>
    </message>
    <message>
        <source>green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>pink</source>
        <translation>粉色</translation>
    </message>
    <message>
        <source>olive</source>
        <translation>橄榄色</translation>
    </message>
    <message>
        <source>sky</source>
        <translation>天蓝色</translation>
    </message>
    <message>
        <source>violet</source>
        <translation>紫色</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>灰色</translation>
    </message>
    <message>
        <source>no colour</source>
        <translation>无颜色</translation>
    </message>
</context>
<context>
    <name>desktop::Commands</name>
    <message>
        <source>New SQL tab</source>
        <translation>新建 SQL 标签页</translation>
    </message>
    <message>
        <source>Close tab</source>
        <translation>关闭标签页</translation>
    </message>
    <message>
        <source>Next tab</source>
        <translation>下一个标签页</translation>
    </message>
    <message>
        <source>Previous tab</source>
        <translation>上一个标签页</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Find in this text</source>
        <translation>在文本中查找</translation>
    </message>
    <message>
        <source>Comment lines out or in</source>
        <translation>注释或取消注释</translation>
    </message>
    <message>
        <source>Complete the word</source>
        <translation>补全单词</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Run the selection or the statement at the cursor (Ctrl+Return)</source>
        <translation>运行选中内容或光标处的语句（Ctrl+Return）</translation>
    </message>
    <message>
        <source>Run all</source>
        <translation>全部运行</translation>
    </message>
    <message>
        <source>Run all statements, one result each (Ctrl+Shift+Return)</source>
        <translation>运行所有语句，每条一个结果（Ctrl+Shift+Return）</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the running statement (Ctrl+.)</source>
        <translation>停止正在运行的语句（Ctrl+.）</translation>
    </message>
    <message>
        <source>Show the grid</source>
        <translation>显示表格</translation>
    </message>
    <message>
        <source>Show the chart</source>
        <translation>显示图表</translation>
    </message>
    <message>
        <source>Show request and answer</source>
        <translation>显示请求与应答</translation>
    </message>
    <message>
        <source>Show messages</source>
        <translation>显示消息</translation>
    </message>
    <message>
        <source>Copy request as cURL</source>
        <translation>复制请求为 cURL</translation>
    </message>
    <message>
        <source>Command palette…</source>
        <translation>命令面板…</translation>
    </message>
    <message>
        <source>Show or hide the connections</source>
        <translation>显示或隐藏连接</translation>
    </message>
    <message>
        <source>Go to the connections</source>
        <translation>转到连接</translation>
    </message>
    <message>
        <source>Go to the text</source>
        <translation>转到文本</translation>
    </message>
    <message>
        <source>Go to the result</source>
        <translation>转到结果</translation>
    </message>
    <message>
        <source>Theme: %1</source>
        <translation>主题：%1</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language: %1</source>
        <translation>语言：%1</translation>
    </message>
    <message>
        <source>About Ondograph</source>
        <translation>关于 Ondograph</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Open the closed tab again</source>
        <translation>重新打开关闭的标签页</translation>
    </message>
    <message>
        <source>Choose the time zone…</source>
        <translation>选择时区…</translation>
    </message>
    <message>
        <source>Run all as one transaction</source>
        <translation>作为一个事务全部运行</translation>
    </message>
    <message>
        <source>Run all as one batch, each on its own</source>
        <translation>作为一个批次全部运行，各条独立</translation>
    </message>
    <message>
        <source>New request from a template…</source>
        <translation>由模板新建请求…</translation>
    </message>
    <message>
        <source>Export the result…</source>
        <translation>导出结果…</translation>
    </message>
    <message>
        <source>Show or hide the inspector</source>
        <translation>显示或隐藏检查器</translation>
    </message>
    <message>
        <source>Insert rows into the table…</source>
        <translation>向表中插入行…</translation>
    </message>
</context>
<context>
    <name>desktop::ConnectionForm</name>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Log-in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>More settings</source>
        <translation>更多设置</translation>
    </message>
    <message>
        <source>Network, proxy and certificates</source>
        <translation>网络、代理和证书</translation>
    </message>
    <message>
        <source>URL of the connection</source>
        <translation>连接的 URL</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Refuse what may change something</source>
        <translation>拒绝可能更改数据的操作</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>环境</translation>
    </message>
    <message>
        <source>On production, what changes something is asked for twice.</source>
        <translation>在生产环境上，更改数据之前会再次询问。</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>测试连接</translation>
    </message>
    <message>
        <source>New connection</source>
        <translation>新建连接</translation>
    </message>
    <message>
        <source>Edit &quot;%1&quot;</source>
        <translation>编辑“%1”</translation>
    </message>
    <message>
        <source>Copy of &quot;%1&quot;</source>
        <translation>“%1”的副本</translation>
    </message>
    <message>
        <source>What you have changed here is not saved.</source>
        <translation>此处的更改尚未保存。</translation>
    </message>
    <message>
        <source>Go on editing</source>
        <translation>继续编辑</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>传输</translation>
    </message>
    <message>
        <source>in the keychain; type to change it</source>
        <translation>在密钥链中；输入即可更改</translation>
    </message>
    <message>
        <source>the secret, ${env:NAME} or ${command:…}</source>
        <translation>机密、${env:NAME} 或 ${command:…}</translation>
    </message>
    <message>
        <source>Paste a URL here, or fill in the fields: each follows the other. A password in it moves to its field.</source>
        <translation>在此粘贴 URL，或填写各字段：二者互相跟随。其中的密码会移到它的字段。</translation>
    </message>
</context>
<context>
    <name>desktop::DiagnosisView</name>
    <message>
        <source>Test again</source>
        <translation>重新测试</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Close the test</source>
        <translation>关闭测试</translation>
    </message>
    <message>
        <source>Test of %1</source>
        <translation>测试 %1</translation>
    </message>
    <message>
        <source>The steps to the first row are tried one after the other …</source>
        <translation>正在逐个尝试到第一行为止的各步骤…</translation>
    </message>
    <message>
        <source>It does not work: %1</source>
        <translation>不可用：%1</translation>
    </message>
    <message>
        <source>Everything works.</source>
        <translation>一切正常。</translation>
    </message>
    <message>
        <source>Test of the settings above</source>
        <translation>测试以上设置</translation>
    </message>
</context>
<context>
    <name>desktop::EnvironmentChoice</name>
    <message>
        <source>not said</source>
        <translation>未说明</translation>
    </message>
</context>
<context>
    <name>desktop::ExchangeView</name>
    <message>
        <source>… %1 more</source>
        <translation>… 还有 %1</translation>
    </message>
    <message>
        <source>Copy request as cURL</source>
        <translation>复制请求为 cURL</translation>
    </message>
    <message>
        <source>Copy request and answer</source>
        <translation>复制请求与应答</translation>
    </message>
    <message>
        <source>No request yet</source>
        <translation>还没有请求</translation>
    </message>
    <message>
        <source>Each statement is an HTTP request. Once one has run, the request and its answer are shown here as they went over the wire.</source>
        <translation>每条语句都是一个 HTTP 请求。运行之后，请求与应答会按线上传输的原样显示在这里。</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>应答</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Requests of this run</source>
        <translation>本次运行的请求</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>The answer has not ended yet.</source>
        <translation>应答尚未结束。</translation>
    </message>
</context>
<context>
    <name>desktop::ExportOptions</name>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>NDJSON (an object a line)</source>
        <translation>NDJSON（每行一个对象）</translation>
    </message>
    <message>
        <source>SQL (INSERT a row)</source>
        <translation>SQL（每行一条 INSERT）</translation>
    </message>
    <message>
        <source>Excel workbook (XLSX)</source>
        <translation>Excel 工作簿 (XLSX)</translation>
    </message>
    <message>
        <source>Separator</source>
        <translation>分隔符</translation>
    </message>
    <message>
        <source>Comma</source>
        <translation>逗号</translation>
    </message>
    <message>
        <source>Semicolon</source>
        <translation>分号</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>制表符</translation>
    </message>
    <message>
        <source>Vertical bar</source>
        <translation>竖线</translation>
    </message>
    <message>
        <source>Quote</source>
        <translation>引号</translation>
    </message>
    <message>
        <source>Double, where needed</source>
        <translation>双引号，需要时</translation>
    </message>
    <message>
        <source>Double, always</source>
        <translation>双引号，总是</translation>
    </message>
    <message>
        <source>Single, where needed</source>
        <translation>单引号，需要时</translation>
    </message>
    <message>
        <source>Single, always</source>
        <translation>单引号，总是</translation>
    </message>
    <message>
        <source>Line end</source>
        <translation>行尾</translation>
    </message>
    <message>
        <source>LF (Unix)</source>
        <translation>LF（Unix）</translation>
    </message>
    <message>
        <source>CR LF (Windows)</source>
        <translation>CR LF（Windows）</translation>
    </message>
    <message>
        <source>Column names first</source>
        <translation>首行为列名</translation>
    </message>
    <message>
        <source>The first line holds the names of the columns</source>
        <translation>第一行是各列的名称</translation>
    </message>
    <message>
        <source>Decimal comma</source>
        <translation>小数逗号</translation>
    </message>
    <message>
        <source>1,5 in the place of 1.5, as spreadsheets of many languages read it</source>
        <translation>用 1,5 代替 1.5，如许多语言的电子表格那样</translation>
    </message>
    <message>
        <source>Byte order mark</source>
        <translation>字节顺序标记</translation>
    </message>
    <message>
        <source>Tells Excel that the text is UTF-8</source>
        <translation>告诉 Excel 文本是 UTF-8</translation>
    </message>
    <message>
        <source>Guard against formulas</source>
        <translation>防范公式</translation>
    </message>
    <message>
        <source>A text that begins with = + - @ tab or CR gets an apostrophe in front, so that a spreadsheet does not calculate it</source>
        <translation>以 = + - @、制表符或 CR 开头的文本前加一个撇号，使电子表格不去计算它</translation>
    </message>
    <message>
        <source>Compress (gzip)</source>
        <translation>压缩 (gzip)</translation>
    </message>
    <message>
        <source>The file gets the extension .gz</source>
        <translation>文件带扩展名 .gz</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>空</translation>
    </message>
    <message>
        <source>Text for NULL</source>
        <translation>NULL 的文本</translation>
    </message>
    <message>
        <source>Table of the INSERT statements</source>
        <translation>INSERT 语句的表</translation>
    </message>
    <message>
        <source>NULL as</source>
        <translation>NULL 写作</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
</context>
<context>
    <name>desktop::ExportSheet</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Export to a file</source>
        <translation>导出到文件</translation>
    </message>
    <message>
        <source>Close the export (a running one goes on)</source>
        <translation>关闭导出（正在进行的会继续）</translation>
    </message>
    <message>
        <source>The first rows as they will be written</source>
        <translation>前几行，按将要写入的样子</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>File to write</source>
        <translation>要写入的文件</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Instants are written in the tab&apos;s time zone: %1</source>
        <translation>时刻按标签页的时区写入：%1</translation>
    </message>
    <message>
        <source>All, also those that still arrive</source>
        <translation>全部，包括还在到达的</translation>
    </message>
    <message>
        <source>All: %1</source>
        <translation>全部：%1</translation>
    </message>
    <message>
        <source>As shown, sorted and filtered: %1</source>
        <translation>按显示的样子，已排序和筛选：%1</translation>
    </message>
    <message>
        <source>Selected rows and columns: %1</source>
        <translation>选中的行和列：%1</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>导出到</translation>
    </message>
    <message>
        <source>There is no result to export.</source>
        <translation>没有可导出的结果。</translation>
    </message>
    <message>
        <source>%1 written to %2 (%3).</source>
        <translation>%1 已写入 %2（%3）。</translation>
    </message>
    <message>
        <source>The result itself is cut: %1</source>
        <translation>结果本身被截断：%1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Rows still arrive; the export goes on to the last one.</source>
        <translation>行还在到达；导出会持续到最后一行。</translation>
    </message>
    <message>
        <source>The result is complete.</source>
        <translation>结果是完整的。</translation>
    </message>
    <message>
        <source>This result is cut: %1</source>
        <translation>此结果被截断：%1</translation>
    </message>
</context>
<context>
    <name>desktop::FieldRow</name>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
</context>
<context>
    <name>desktop::InsertSheet</name>
    <message>
        <source>Insert</source>
        <translation>插入</translation>
    </message>
    <message>
        <source>Close (rows that are on their way are still sent)</source>
        <translation>关闭（已在途中的行仍会发送）</translation>
    </message>
    <message>
        <source>Columns of the table, and what goes into them</source>
        <translation>表的列，以及填入的内容</translation>
    </message>
    <message>
        <source>What will be sent</source>
        <translation>将要发送的内容</translation>
    </message>
    <message>
        <source>%1 written in %2 requests…</source>
        <translation>已用 %2 个请求写入 %1…</translation>
    </message>
    <message>
        <source>Type one row</source>
        <translation>输入一行</translation>
    </message>
    <message>
        <source>From the clipboard</source>
        <translation>来自剪贴板</translation>
    </message>
    <message>
        <source>From a CSV file…</source>
        <translation>来自 CSV 文件…</translation>
    </message>
    <message>
        <source>From this tab&apos;s result</source>
        <translation>来自此标签页的结果</translation>
    </message>
    <message>
        <source>Asking the server for the columns…</source>
        <translation>正在向服务器询问各列…</translation>
    </message>
    <message>
        <source>the clipboard</source>
        <translation>剪贴板</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>This tab has no result yet.</source>
        <translation>此标签页还没有结果。</translation>
    </message>
    <message>
        <source>Run a statement whose columns have the names of the table&apos;s.</source>
        <translation>请运行一条语句，使其列名与表的列名相同。</translation>
    </message>
    <message>
        <source>the result of this tab</source>
        <translation>此标签页的结果</translation>
    </message>
    <message>
        <source>Rows to insert</source>
        <translation>要插入的行</translation>
    </message>
    <message>
        <source>Separated values (*.csv *.tsv *.txt)</source>
        <translation>分隔值文件 (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>来自 %1</translation>
    </message>
    <message>
        <source>Value (empty: not given, &apos;&apos; an empty text)</source>
        <translation>值（为空：不给出；&apos;&apos; 为空文本）</translation>
    </message>
    <message>
        <source>choose a column</source>
        <translation>选择一列</translation>
    </message>
    <message>
        <source>not given</source>
        <translation>不给出</translation>
    </message>
    <message>
        <source>No column has a value yet.</source>
        <translation>还没有任何列有值。</translation>
    </message>
    <message>
        <source>Row %1, %2: %3</source>
        <translation>第 %1 行，%2：%3</translation>
    </message>
    <message>
        <source>%1 to insert; at the right what is sent first.</source>
        <translation>将插入 %1；右侧是最先发送的内容。</translation>
    </message>
    <message>
        <source>Nothing can be sent yet: see at the right.</source>
        <translation>还不能发送：见右侧。</translation>
    </message>
    <message>
        <source>The connection is read-only.</source>
        <translation>连接是只读的。</translation>
    </message>
    <message>
        <source>Nothing was sent. Use another connection for it.</source>
        <translation>没有发送任何内容。请为它使用其他连接。</translation>
    </message>
    <message>
        <source>Insert into production</source>
        <translation>插入到生产环境</translation>
    </message>
    <message>
        <source>%1 is a production connection.</source>
        <translation>%1 是生产连接。</translation>
    </message>
    <message>
        <source>Press once more to insert %1.</source>
        <translation>再按一次以插入 %1。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>%1 written</source>
        <translation>%1 已写入</translation>
    </message>
    <message>
        <source>%1 refused by the server</source>
        <translation>%1 被服务器拒绝</translation>
    </message>
    <message>
        <source>%1 may have been written: the answer was lost</source>
        <translation>%1 可能已写入：应答丢失了</translation>
    </message>
    <message>
        <source>%1 not sent</source>
        <translation>%1 未发送</translation>
    </message>
    <message>
        <source>Requests: %1</source>
        <translation>请求：%1</translation>
    </message>
</context>
<context>
    <name>desktop::InspectorPanel</name>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>Close the inspector (Ctrl+I)</source>
        <translation>关闭检查器 (Ctrl+I)</translation>
    </message>
</context>
<context>
    <name>desktop::MainWindow</name>
    <message>
        <source>No tab is open</source>
        <translation>没有打开的标签页</translation>
    </message>
    <message>
        <source>Open a SQL tab, or double-click a table in the list of connections.</source>
        <translation>打开一个 SQL 标签页，或双击连接列表中的表。</translation>
    </message>
    <message>
        <source>Query %1</source>
        <translation>查询 %1</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Statement</source>
        <translation>语句(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Connections</source>
        <translation>连接(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>The language changes when Ondograph is started again.</source>
        <translation>重新启动 Ondograph 后语言才会改变。</translation>
    </message>
    <message>
        <source>Ondograph %1 – a client for databases that are reached over HTTP.</source>
        <translation>Ondograph %1 – 通过 HTTP 访问的数据库的客户端。</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later.</source>
        <translation>自由软件，遵循 GNU 通用公共许可证第 3 版或更高版本。</translation>
    </message>
    <message>
        <source>SQL texts (*.sql)</source>
        <translation>SQL 文本 (*.sql)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Open a SQL text</source>
        <translation>打开 SQL 文本</translation>
    </message>
    <message>
        <source>Save the SQL text</source>
        <translation>保存 SQL 文本</translation>
    </message>
    <message>
        <source>%1 was closed; its text is in no file.</source>
        <translation>%1 已关闭；其文本未保存到文件。</translation>
    </message>
    <message>
        <source>Open it again</source>
        <translation>重新打开</translation>
    </message>
    <message>
        <source>It was given by its URL only. Add it by a name to change it.</source>
        <translation>它只以 URL 给出。请先命名添加，再作更改。</translation>
    </message>
    <message>
        <source>Import connections</source>
        <translation>导入连接</translation>
    </message>
    <message>
        <source>Connections (*.json)</source>
        <translation>连接 (*.json)</translation>
    </message>
    <message>
        <source>%1 connections were imported.</source>
        <translation>已导入 %1 个连接。</translation>
    </message>
    <message>
        <source>Secrets are not part of the file: each is asked for when its connection is first used.</source>
        <translation>文件中不含机密：每个机密在其连接首次使用时询问。</translation>
    </message>
    <message>
        <source>Export connections</source>
        <translation>导出连接</translation>
    </message>
    <message>
        <source>%1 connections were written to %2.</source>
        <translation>已将 %1 个连接写入 %2。</translation>
    </message>
    <message>
        <source>No secret is in the file.</source>
        <translation>文件中没有机密。</translation>
    </message>
    <message>
        <source>Rows go into a table: select one in the list of connections first.</source>
        <translation>行要插入表中：请先在连接列表中选择一个表。</translation>
    </message>
    <message>
        <source>Insert into %1</source>
        <translation>插入 %1</translation>
    </message>
</context>
<context>
    <name>desktop::MessagesView</name>
    <message>
        <source>Nothing has been run yet. What servers say, and what goes wrong, is written down here.</source>
        <translation>还没有运行过语句。服务器的消息和出现的问题都会记在这里。</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Statement:</source>
        <translation>语句：</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Clear messages</source>
        <translation>清空消息</translation>
    </message>
</context>
<context>
    <name>desktop::ParameterBar</name>
    <message>
        <source>Value of parameter %1</source>
        <translation>参数 %1 的值</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Send NULL</source>
        <translation>发送 NULL</translation>
    </message>
    <message>
        <source>Type by its look</source>
        <translation>按外观判断类型</translation>
    </message>
    <message>
        <source>Type of parameter %1</source>
        <translation>参数 %1 的类型</translation>
    </message>
</context>
<context>
    <name>desktop::QueryTab</name>
    <message>
        <source>Connection that the statements run on</source>
        <translation>语句在哪个连接上运行</translation>
    </message>
    <message>
        <source>Rows of a result after which it is held, and you are asked</source>
        <translation>结果达到多少行时暂停并询问</translation>
    </message>
    <message>
        <source>There is no statement at the cursor.</source>
        <translation>光标处没有语句。</translation>
    </message>
    <message>
        <source>Place the cursor in a statement, or select the text to run.</source>
        <translation>请把光标放在语句中，或选中要运行的文本。</translation>
    </message>
    <message>
        <source>No connection is chosen.</source>
        <translation>没有选择连接。</translation>
    </message>
    <message>
        <source>Choose one in the bar below, or add one to the list of connections.</source>
        <translation>请在下方的栏中选择，或在连接列表中添加一个。</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
    <message>
        <source>Show in full</source>
        <translation>查看全文</translation>
    </message>
    <message>
        <source>Limit %1</source>
        <translation>上限 %1</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>无上限</translation>
    </message>
    <message>
        <source>The statement has parameters without a value.</source>
        <translation>语句含有没有值的参数。</translation>
    </message>
    <message>
        <source>Fill them in above and run it again (Return).</source>
        <translation>请在上方填写，然后重新运行（Return）。</translation>
    </message>
    <message>
        <source>The connections are still being read. Run it again in a moment.</source>
        <translation>连接还在读取。请稍后再运行。</translation>
    </message>
    <message>
        <source>Do not run</source>
        <translation>不运行</translation>
    </message>
    <message>
        <source>Run on production</source>
        <translation>在生产环境上运行</translation>
    </message>
    <message>
        <source>Passwords are kept only until Ondograph ends.</source>
        <translation>密码只保留到 Ondograph 结束。</translation>
    </message>
    <message>
        <source>The connection takes its password from a command: %1</source>
        <translation>连接从一条命令取得密码：%1</translation>
    </message>
    <message>
        <source>It has not run. Allow it only if you know what it does.</source>
        <translation>它还没有运行。只有知道它做什么时才允许它。</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>允许</translation>
    </message>
    <message>
        <source>The command may run from now on.</source>
        <translation>该命令从此可以运行。</translation>
    </message>
    <message>
        <source>Run the statement again.</source>
        <translation>请重新运行语句。</translation>
    </message>
</context>
<context>
    <name>desktop::ResultPage</name>
    <message>
        <source>Waiting for the answer</source>
        <translation>正在等待应答</translation>
    </message>
    <message>
        <source>%1 rows have come and the server has more.</source>
        <translation>已收到 %1 行，服务器还有更多。</translation>
    </message>
    <message>
        <source>The request is held for a minute; then the result stays cut at its row limit.</source>
        <translation>请求保留一分钟；之后结果按行数上限截断。</translation>
    </message>
    <message>
        <source>Go on for %1 more</source>
        <translation>再取 %1 行</translation>
    </message>
    <message>
        <source>Go on to the end</source>
        <translation>取到结束</translation>
    </message>
    <message>
        <source>End here</source>
        <translation>到此为止</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>No rows had come.</source>
        <translation>没有收到任何行。</translation>
    </message>
    <message>
        <source>The statement failed</source>
        <translation>语句失败</translation>
    </message>
    <message>
        <source>1 row affected</source>
        <translation>影响 1 行</translation>
    </message>
    <message>
        <source>%1 rows affected</source>
        <translation>影响 %1 行</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>The statement has no result set.</source>
        <translation>该语句没有结果集。</translation>
    </message>
    <message>
        <source>Cut at the row limit after %1 rows.</source>
        <translation>在 %1 行后因行数上限截断。</translation>
    </message>
    <message>
        <source>The request is closed. Going on runs the statement again from its start.</source>
        <translation>请求已关闭。继续将从头重新运行语句。</translation>
    </message>
    <message>
        <source>Run again for %1 rows</source>
        <translation>重新运行，取 %1 行</translation>
    </message>
    <message>
        <source>Run again for all rows</source>
        <translation>重新运行，取全部行</translation>
    </message>
    <message>
        <source>Broken off after %1: %2</source>
        <translation>在 %1 之后中断：%2</translation>
    </message>
</context>
<context>
    <name>desktop::ResultPanel</name>
    <message>
        <source>Grid</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>交换</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>No result yet</source>
        <translation>还没有结果</translation>
    </message>
    <message>
        <source>Run the statement at the cursor; its rows show here while they arrive.</source>
        <translation>运行光标处的语句；行会边到达边显示在这里。</translation>
    </message>
    <message>
        <source>%1: done in %2</source>
        <translation>%1：完成，用时 %2</translation>
    </message>
    <message>
        <source>Statements after this one that were not run: %1</source>
        <translation>其后未运行的语句数：%1</translation>
    </message>
    <message>
        <source>Running again with another row limit: %1</source>
        <translation>以另一个行数上限重新运行：%1</translation>
    </message>
    <message>
        <source>%1: %2 in %3, %4</source>
        <translation>%1：%2，用时 %3，%4</translation>
    </message>
</context>
<context>
    <name>desktop::SecretBar</name>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>&quot;%1&quot; needs a secret that is not known on this computer.</source>
        <translation>“%1”需要一个机密，而本机没有它。</translation>
    </message>
</context>
<context>
    <name>desktop::StatusLine</name>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>%1 affected</source>
        <translation>影响 %1 行</translation>
    </message>
    <message>
        <source>Waiting for the answer…</source>
        <translation>正在等待应答…</translation>
    </message>
    <message>
        <source>The server says that it took %1 ms.</source>
        <translation>服务器称用时 %1 毫秒。</translation>
    </message>
    <message>
        <source>held at the row limit</source>
        <translation>停在行数上限</translation>
    </message>
    <message>
        <source>The request is held for up to a minute until you decide.</source>
        <translation>请求最多保留一分钟，等你决定。</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>%1 to the first</source>
        <translation>首行 %1</translation>
    </message>
    <message>
        <source>%1 in all</source>
        <translation>共 %1</translation>
    </message>
</context>
<context>
    <name>desktop::StepRow</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>What was seen</source>
        <translation>看到了什么</translation>
    </message>
    <message>
        <source>What to try</source>
        <translation>可以尝试什么</translation>
    </message>
    <message>
        <source>Certificates, the server&apos;s own first</source>
        <translation>证书，服务器自己的在最前</translation>
    </message>
    <message>
        <source>%1
issued by %2
valid from %3 to %4</source>
        <translation>%1
由 %2 签发
有效期 %3 至 %4</translation>
    </message>
    <message>
        <source>Fingerprint (SHA-256) of the server&apos;s certificate</source>
        <translation>服务器证书的指纹 (SHA-256)</translation>
    </message>
    <message>
        <source>Accept this certificate for this connection</source>
        <translation>为此连接接受这个证书</translation>
    </message>
    <message>
        <source>Compare the fingerprint with the one that the server&apos;s administrator names</source>
        <translation>请将指纹与服务器管理员给出的指纹比较</translation>
    </message>
</context>
<context>
    <name>desktop::TimingBar</name>
    <message>
        <source>name</source>
        <translation>域名</translation>
    </message>
    <message>
        <source>connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>wait</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>receive</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>on a kept connection</source>
        <translation>沿用的连接</translation>
    </message>
    <message>
        <source>on a new connection</source>
        <translation>新的连接</translation>
    </message>
</context>
<context>
    <name>desktop::TokenChip</name>
    <message>
        <source>The token of this connection&apos;s log-in</source>
        <translation>此连接登录所用的令牌</translation>
    </message>
    <message>
        <source>Fetching a token…</source>
        <translation>正在获取令牌…</translation>
    </message>
    <message>
        <source>No token yet</source>
        <translation>还没有令牌</translation>
    </message>
    <message>
        <source>Token expired</source>
        <translation>令牌已过期</translation>
    </message>
    <message>
        <source>Token: %1 left</source>
        <translation>令牌：剩余 %1</translation>
    </message>
    <message>
        <source>Token: %1 old</source>
        <translation>令牌：已 %1</translation>
    </message>
    <message>
        <source>Fetched %1 ago (%2)</source>
        <translation>%1前获取（%2）</translation>
    </message>
    <message>
        <source>Fetched with the first statement</source>
        <translation>在第一条语句时获取</translation>
    </message>
    <message>
        <source>Expires in %1 (%2)</source>
        <translation>%1后过期（%2）</translation>
    </message>
    <message>
        <source>The server told no end of it</source>
        <translation>服务器没有说明它何时过期</translation>
    </message>
    <message>
        <source>Renewals: %1</source>
        <translation>更新次数：%1</translation>
    </message>
    <message>
        <source>Renew now</source>
        <translation>立即更新</translation>
    </message>
</context>
<context>
    <name>desktop::ZoneMenu</name>
    <message>
        <source>Default (UTC)</source>
        <translation>默认（UTC）</translation>
    </message>
    <message>
        <source>The connection&apos;s (%1)</source>
        <translation>连接的时区（%1）</translation>
    </message>
    <message>
        <source>This computer&apos;s (%1)</source>
        <translation>本机时区（%1）</translation>
    </message>
    <message>
        <source>Time zone in which this tab shows instants: %1</source>
        <translation>此标签页显示时刻所用的时区：%1</translation>
    </message>
</context>
<context>
    <name>editor::FindBar</name>
    <message>
        <source>Match case</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Find in this text</source>
        <translation>在文本中查找</translation>
    </message>
    <message>
        <source>Find previous (Shift+Return)</source>
        <translation>查找上一个（Shift+Return）</translation>
    </message>
    <message>
        <source>Find next (Return)</source>
        <translation>查找下一个（Return）</translation>
    </message>
    <message>
        <source>Close (Escape)</source>
        <translation>关闭（Escape）</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
</context>
<context>
    <name>editor::ScriptEditor</name>
    <message>
        <source>SQL text</source>
        <translation>SQL 文本</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>剪切</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
</context>
<context>
    <name>grid::ColumnFinder</name>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Find a column by its name</source>
        <translation>按名称查找列</translation>
    </message>
</context>
<context>
    <name>grid::Condition</name>
    <message>
        <source>without %1</source>
        <translation>不含 %1</translation>
    </message>
    <message>
        <source>not NULL</source>
        <translation>非 NULL</translation>
    </message>
    <message>
        <source>not %1</source>
        <translation>不是 %1</translation>
    </message>
</context>
<context>
    <name>grid::FilterPopover</name>
    <message>
        <source>Match case</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>包含</translation>
    </message>
    <message>
        <source>does not contain</source>
        <translation>不包含</translation>
    </message>
    <message>
        <source>matches a regular expression</source>
        <translation>匹配正则表达式</translation>
    </message>
    <message>
        <source>is between</source>
        <translation>介于</translation>
    </message>
    <message>
        <source>is one of</source>
        <translation>是其中之一</translation>
    </message>
    <message>
        <source>is NULL</source>
        <translation>为 NULL</translation>
    </message>
    <message>
        <source>is not NULL</source>
        <translation>不为 NULL</translation>
    </message>
    <message>
        <source>What the value shall be</source>
        <translation>值应满足的条件</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
    <message>
        <source>from, as 2024-05-17 08:30</source>
        <translation>从，例如 2024-05-17 08:30</translation>
    </message>
    <message>
        <source>from</source>
        <translation>从</translation>
    </message>
    <message>
        <source>to, as 2024-05-17</source>
        <translation>到，例如 2024-05-17</translation>
    </message>
    <message>
        <source>to</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>值</translation>
    </message>
    <message>
        <source>No filter</source>
        <translation>不筛选</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Find a value</source>
        <translation>查找值</translation>
    </message>
    <message>
        <source>Counting the values …</source>
        <translation>正在统计各值…</translation>
    </message>
    <message>
        <source>There are more than %1 different values: filter by a text or a range.</source>
        <translation>不同的值超过 %1 个：请按文本或范围筛选。</translation>
    </message>
    <message>
        <source>%1 different values in the rows loaded</source>
        <translation>已加载的行中有 %1 个不同的值</translation>
    </message>
</context>
<context>
    <name>grid::FindRow</name>
    <message>
        <source>Regular expression</source>
        <translation>正则表达式</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Find in the rows loaded</source>
        <translation>在已加载的行中查找</translation>
    </message>
    <message>
        <source>Find previous (Shift+Return)</source>
        <translation>查找上一个（Shift+Return）</translation>
    </message>
    <message>
        <source>Find next (Return)</source>
        <translation>查找下一个（Return）</translation>
    </message>
    <message>
        <source>Close (Escape)</source>
        <translation>关闭（Escape）</translation>
    </message>
    <message>
        <source>Searching …</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>Not found in the rows loaded</source>
        <translation>已加载的行中没有找到</translation>
    </message>
    <message>
        <source>in %1 of the rows loaded</source>
        <translation>在 %1 行（已加载的）中</translation>
    </message>
    <message>
        <source>Only in rows or columns that are not shown</source>
        <translation>只在未显示的行或列中</translation>
    </message>
</context>
<context>
    <name>grid::GridView</name>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Run a statement to see rows here</source>
        <translation>运行一条语句，行会显示在这里</translation>
    </message>
    <message>
        <source>Waiting for the first row …</source>
        <translation>正在等待第一行……</translation>
    </message>
    <message>
        <source>The statement returned no rows</source>
        <translation>语句没有返回行</translation>
    </message>
    <message>
        <source>%1
This does not fit the column&apos;s type (%2), so it is shown as it was sent.</source>
        <translation>%1
此值不符合列的类型（%2），因此按发送的原样显示。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy with headers</source>
        <translation>连同标题复制</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Sort ascending</source>
        <translation>升序排序</translation>
    </message>
    <message>
        <source>Sort descending</source>
        <translation>降序排序</translation>
    </message>
    <message>
        <source>Then sort by this column</source>
        <translation>再按此列排序</translation>
    </message>
    <message>
        <source>NULLs first</source>
        <translation>NULL 在前</translation>
    </message>
    <message>
        <source>NULLs last</source>
        <translation>NULL 在后</translation>
    </message>
    <message>
        <source>Order of bytes</source>
        <translation>按字节顺序</translation>
    </message>
    <message>
        <source>Natural order</source>
        <translation>自然顺序</translation>
    </message>
    <message>
        <source>No sorting, no filters</source>
        <translation>不排序，不筛选</translation>
    </message>
    <message>
        <source>Filter …</source>
        <translation>筛选…</translation>
    </message>
    <message>
        <source>Statistics …</source>
        <translation>统计…</translation>
    </message>
    <message>
        <source>Filter row</source>
        <translation>筛选行</translation>
    </message>
    <message>
        <source>Find a column …</source>
        <translation>查找列…</translation>
    </message>
    <message>
        <source>Hide column</source>
        <translation>隐藏列</translation>
    </message>
    <message>
        <source>Show all columns</source>
        <translation>显示所有列</translation>
    </message>
    <message>
        <source>Do not freeze columns</source>
        <translation>不冻结列</translation>
    </message>
    <message>
        <source>Freeze up to this column</source>
        <translation>冻结到此列</translation>
    </message>
    <message>
        <source>No row passes the filter</source>
        <translation>没有行符合筛选</translation>
    </message>
    <message>
        <source>Sort by this column (Alt+Up, Alt+Down). With Shift or Ctrl it joins the others.</source>
        <translation>按此列排序（Alt+上、Alt+下）。按住 Shift 或 Ctrl 则加入其他排序列。</translation>
    </message>
    <message>
        <source>%1
Exactly as sent. A tool that keeps numbers as doubles, as browsers do, would show %2.</source>
        <translation>%1
与发送的完全一致。把数保存为双精度数的工具（例如浏览器）会显示 %2。</translation>
    </message>
    <message>
        <source>One row as a list</source>
        <translation>以列表显示一行</translation>
    </message>
    <message>
        <source>Copy as</source>
        <translation>复制为</translation>
    </message>
    <message>
        <source>With headers</source>
        <translation>带标题行</translation>
    </message>
    <message>
        <source>Decimal comma</source>
        <translation>小数逗号</translation>
    </message>
    <message>
        <source>Copy as %1</source>
        <translation>复制为 %1</translation>
    </message>
</context>
<context>
    <name>grid::Header</name>
    <message>
        <source>no type: every value is NULL</source>
        <translation>无类型：每个值都是 NULL</translation>
    </message>
    <message>
        <source>boolean</source>
        <translation>布尔</translation>
    </message>
    <message>
        <source>whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>whole number, not negative</source>
        <translation>非负整数</translation>
    </message>
    <message>
        <source>binary floating point, 32 bits</source>
        <translation>二进制浮点数，32 位</translation>
    </message>
    <message>
        <source>binary floating point, 64 bits</source>
        <translation>二进制浮点数，64 位</translation>
    </message>
    <message>
        <source>decimal number, as sent</source>
        <translation>十进制数，按原样</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>bytes, shown in hex</source>
        <translation>字节，以十六进制显示</translation>
    </message>
    <message>
        <source>JSON, as sent</source>
        <translation>JSON，按原样</translation>
    </message>
    <message>
        <source>point in time</source>
        <translation>时间点</translation>
    </message>
    <message>
        <source>date and time without a zone</source>
        <translation>无时区的日期和时间</translation>
    </message>
    <message>
        <source>date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>time of day</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>interval</source>
        <translation>时间间隔</translation>
    </message>
    <message>
        <source>Server type: %1</source>
        <translation>服务器类型：%1</translation>
    </message>
    <message>
        <source>Shown as: %1</source>
        <translation>显示为：%1</translation>
    </message>
    <message>
        <source>Length: %1</source>
        <translation>长度：%1</translation>
    </message>
    <message>
        <source>Digits: %1, after the point: %2</source>
        <translation>位数：%1，小数位：%2</translation>
    </message>
    <message>
        <source>Zone: %1</source>
        <translation>时区：%1</translation>
    </message>
</context>
<context>
    <name>grid::HeaderPainter</name>
    <message>
        <source>Filter …</source>
        <translation>筛选…</translation>
    </message>
</context>
<context>
    <name>grid::RecordPopover</name>
    <message>
        <source>One row</source>
        <translation>一行</translation>
    </message>
    <message>
        <source>Find a column by its name</source>
        <translation>按名称查找列</translation>
    </message>
    <message>
        <source>Columns and values</source>
        <translation>列和值</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Next row (Page Down)</source>
        <translation>下一行 (Page Down)</translation>
    </message>
    <message>
        <source>Previous row (Page Up)</source>
        <translation>上一行 (Page Up)</translation>
    </message>
    <message>
        <source>row %1 of %2</source>
        <translation>第 %1 行，共 %2 行</translation>
    </message>
</context>
<context>
    <name>grid::StatisticsPopover</name>
    <message>
        <source>Sorting the values …</source>
        <translation>正在对值排序…</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>NULL</source>
        <translation>NULL</translation>
    </message>
    <message>
        <source>NaN</source>
        <translation>NaN</translation>
    </message>
    <message>
        <source>Do not fit the type</source>
        <translation>与类型不符</translation>
    </message>
    <message>
        <source>Different values</source>
        <translation>不同的值</translation>
    </message>
    <message>
        <source>Least</source>
        <translation>最小</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>Greatest</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>Sum</source>
        <translation>总和</translation>
    </message>
    <message>
        <source>Of the rows shown; read off the sorted values</source>
        <translation>针对显示的行；由排序后的值得出</translation>
    </message>
    <message>
        <source>Of the rows loaded; read off the sorted values</source>
        <translation>针对已加载的行；由排序后的值得出</translation>
    </message>
</context>
<context>
    <name>grid::TotalsLine</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>No sorting, no filters</source>
        <translation>不排序，不筛选</translation>
    </message>
    <message>
        <source>What the selected cells come to</source>
        <translation>所选单元格的汇总</translation>
    </message>
    <message>
        <source>%1 of the %2 rows loaded</source>
        <translation>已加载 %2 行中的 %1 行</translation>
    </message>
    <message>
        <source>loaded rows sorted by %1</source>
        <translation>已加载的行按 %1 排序</translation>
    </message>
    <message>
        <source>%1 columns hidden</source>
        <translation>隐藏了 %1 列</translation>
    </message>
    <message>
        <source>Sum %1</source>
        <translation>总和 %1</translation>
    </message>
    <message>
        <source>Mean %1</source>
        <translation>平均 %1</translation>
    </message>
    <message>
        <source>Min %1</source>
        <translation>最小 %1</translation>
    </message>
    <message>
        <source>Max %1</source>
        <translation>最大 %1</translation>
    </message>
    <message>
        <source>%1 cells</source>
        <translation>%1 个单元格</translation>
    </message>
    <message>
        <source>%1 cells, %2 NULL</source>
        <translation>%1 个单元格，%2 个 NULL</translation>
    </message>
    <message>
        <source>%1 numbers, added exactly</source>
        <translation>%1 个数，精确相加</translation>
    </message>
    <message>
        <source>%1 numbers, floating point among them</source>
        <translation>%1 个数，其中有浮点数</translation>
    </message>
</context>
<context>
    <name>inspector::CellInspector</name>
    <message>
        <source>Copy what is shown (Ctrl+C)</source>
        <translation>复制所显示的内容 (Ctrl+C)</translation>
    </message>
    <message>
        <source>Forms of the value</source>
        <translation>值的各种形式</translation>
    </message>
    <message>
        <source>No cell</source>
        <translation>没有单元格</translation>
    </message>
    <message>
        <source>Select a cell of a result: its value shows here in every form that it has.</source>
        <translation>请选择结果中的一个单元格：其值会以它所有的形式在此显示。</translation>
    </message>
    <message>
        <source>JSON value</source>
        <translation>JSON 值</translation>
    </message>
    <message>
        <source>Geometry</source>
        <translation>几何对象</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>数</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Hex</source>
        <translation>十六进制</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>%L1 bytes</source>
        <translation>%L1 字节</translation>
    </message>
    <message>
        <source>%1, row %L2</source>
        <translation>%1，第 %L2 行</translation>
    </message>
    <message>
        <source>No whole JSON: %1</source>
        <translation>不是完整的 JSON：%1</translation>
    </message>
</context>
<context>
    <name>inspector::JsonModel</name>
    <message numerus="yes">
        <source>%n element(s)</source>
        <translation>
            <numerusform>%n 个元素</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n 个成员</numerusform>
        </translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
</context>
<context>
    <name>inspector::PagedText</name>
    <message>
        <source>Find the next place (Return)</source>
        <translation>查找下一处 (Return)</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Search in the value</source>
        <translation>在值中搜索</translation>
    </message>
    <message>
        <source>The part before</source>
        <translation>前一部分</translation>
    </message>
    <message>
        <source>The part behind</source>
        <translation>后一部分</translation>
    </message>
    <message>
        <source>Bytes %L1 to %L2 of %L3</source>
        <translation>第 %L1 到 %L2 字节，共 %L3 字节</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
</context>
<context>
    <name>sandbox::Host</name>
    <message>
        <source>The connector &quot;%1&quot; has no sandbox.</source>
        <translation>连接器“%1”没有沙盒。</translation>
    </message>
</context>
<context>
    <name>sandbox::Server</name>
    <message>
        <source>The sandbox cannot listen on port %1 of 127.0.0.1: %2</source>
        <translation>沙盒无法监听 127.0.0.1 的端口 %1：%2</translation>
    </message>
    <message>
        <source>Choose another port, or let it take a free one.</source>
        <translation>请选择其他端口，或让它使用空闲端口。</translation>
    </message>
</context>
<context>
    <name>table::Filter</name>
    <message>
        <source>This is no regular expression: %1</source>
        <translation>这不是正则表达式：%1</translation>
    </message>
</context>
<context>
    <name>table::Range</name>
    <message>
        <source>This is no number: %1</source>
        <translation>这不是数：%1</translation>
    </message>
    <message>
        <source>This is no time: %1. Write it as 2024-05-17 08:30:00.</source>
        <translation>这不是时间：%1。请写作 2024-05-17 08:30:00。</translation>
    </message>
</context>
</TS>

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source> dpi</source>
        <translation> dpi</translation>
    </message>
    <message>
        <source> frames</source>
        <translation> 帧</translation>
    </message>
    <message>
        <source> pt</source>
        <translation> 磅</translation>
    </message>
    <message>
        <source>&amp;About OptiSim</source>
        <translation>关于 OptiSim(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;All panels</source>
        <translation>所有面板(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>外观(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Commands…</source>
        <translation>命令(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Copy image</source>
        <translation>复制图像(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Copy table</source>
        <translation>复制表格(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Drawer</source>
        <translation>下方面板(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Export image…</source>
        <translation>导出图像(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Export table…</source>
        <translation>导出表格(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keyboard and mouse</source>
        <translation>键盘与鼠标(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Larger text</source>
        <translation>放大文字(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Leave slow motion</source>
        <translation>退出慢动作(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Load optimizer…</source>
        <translation>加载优化器(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;New</source>
        <translation>新建(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Next bookmark</source>
        <translation>下一个书签(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>面板(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Paste share string</source>
        <translation>粘贴分享字符串(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation>播放(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Python script</source>
        <translation>Python 脚本(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Reset view</source>
        <translation>恢复视图(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Share string</source>
        <translation>分享字符串(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Text size</source>
        <translation>文字大小(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Title and sentence…</source>
        <translation>标题与说明(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>(log)</source>
        <translation>（对数坐标）</translation>
    </message>
    <message>
        <source>(symmetric log)</source>
        <translation>（对称对数坐标）</translation>
    </message>
    <message>
        <source>+{count} more</source>
        <translation>另有 {count} 项</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>--scale must lie between 0.1 and 16.</source>
        <translation>--scale 必须在 0.1 到 16 之间。</translation>
    </message>
    <message>
        <source>--size takes width and height, such as 1280x800, 88x66mm or 5x3in.</source>
        <translation>--size 需要宽和高，例如 1280x800、88x66mm 或 5x3in。</translation>
    </message>
    <message>
        <source>--step is for figures; films have --from and --to.</source>
        <translation>--step 用于图片；动画请用 --from 和 --to。</translation>
    </message>
    <message>
        <source>--transparent is for figures; films have a ground.</source>
        <translation>--transparent 只用于图片；动画必须有背景。</translation>
    </message>
    <message>
        <source>1797 handwritten digits of 8 × 8 pixels</source>
        <translation>1797 个 8 × 8 像素的手写数字</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>A batch has 1 to {most} examples, as many as there are to train with, not {size}.</source>
        <translation>一个批次有 1 至 {most} 个样本（即训练样本总数），而不是 {size} 个。</translation>
    </message>
    <message>
        <source>A batch of {size} is larger than the data; there are {most} examples.</source>
        <translation>批大小 {size} 超过了数据量，数据共有 {most} 个样本。</translation>
    </message>
    <message>
        <source>A bent valley with a sharp floor: SGD hops from wall to wall, the others slide along it.</source>
        <translation>弯曲的山谷，谷底尖锐：SGD 在两壁之间跳跃，其他方法沿谷底滑行。</translation>
    </message>
    <message>
        <source>A bent valley with two equal minima: the sign of y at the start decides which one is found.</source>
        <translation>弯曲的山谷里有两个相等的最小值：起点处 y 的正负决定找到哪一个。</translation>
    </message>
    <message>
        <source>A bookmark must be a whole number from 0 to {most}.</source>
        <translation>书签必须是 0 到 {most} 的整数。</translation>
    </message>
    <message>
        <source>A branch at step 12</source>
        <translation>第 12 步的分支</translation>
    </message>
    <message>
        <source>A film as {format} has {most} frames a second at the most; choose fewer, or another format.</source>
        <translation>{format} 动画每秒最多 {most} 帧；请减少帧数，或换一种格式。</translation>
    </message>
    <message>
        <source>A film begins at step 0 or later, and does not end before it begins.</source>
        <translation>影片须从第 0 步或之后开始，且结束不得早于开始。</translation>
    </message>
    <message>
        <source>A film has 1 to {most} frames a second.</source>
        <translation>影片每秒可有 1 至 {most} 帧。</translation>
    </message>
    <message>
        <source>A film shows {low:g} to {high:,.0f} steps a second.</source>
        <translation>影片每秒可放映 {low:g} 至 {high:,.0f} 步。</translation>
    </message>
    <message>
        <source>A film takes longer than its last frame, {least:.3g} s; make it longer, or the hold shorter.</source>
        <translation>动画的时长必须超过最后一帧的停留时间 {least:.3g} 秒；请加长动画或缩短停留。</translation>
    </message>
    <message>
        <source>A grid needs {least} to {most} places a side, rising in equal steps.</source>
        <translation>网格每边需要 {least} 至 {most} 个等距递增的位置。</translation>
    </message>
    <message>
        <source>A groove along the diagonal: all methods drop into it first, then roll along it to the minimum.</source>
        <translation>对角线上有一道沟：各方法先落入沟中，再沿沟滚到最小值。</translation>
    </message>
    <message>
        <source>A histogram&apos;s lower end {low:g} must be below its upper end {high:g}.</source>
        <translation>直方图的下限 {low:g} 必须小于上限 {high:g}。</translation>
    </message>
    <message>
        <source>A laboratory in which optimizers race over a loss surface.</source>
        <translation>让各种优化器在损失曲面上同场竞赛的实验室。</translation>
    </message>
    <message>
        <source>A line through 40 points: with mini-batches the balls never come to rest.</source>
        <translation>用一条直线拟合 40 个点：使用小批量时，小球永远停不下来。</translation>
    </message>
    <message>
        <source>A map for each optimizer</source>
        <translation>每个优化器一幅图</translation>
    </message>
    <message>
        <source>A network gives no second derivatives.</source>
        <translation>网络不提供二阶导数。</translation>
    </message>
    <message>
        <source>A network of two weights: two equally good answers, and a saddle at 0 between them.</source>
        <translation>只有两个权重的网络：有两个同样好的解，中间的原点处是鞍点。</translation>
    </message>
    <message>
        <source>A path has numbers that are not finite; let it end before it diverges.</source>
        <translation>轨迹中含有非有限的数；请让它在发散之前结束。</translation>
    </message>
    <message>
        <source>A run can change at most {most} times on the way.</source>
        <translation>一次运行途中最多可以改变 {most} 次。</translation>
    </message>
    <message>
        <source>A run is an optimizer or a text such as {example}.</source>
        <translation>运行项应为优化器，或形如 {example} 的文本。</translation>
    </message>
    <message>
        <source>A run that changes on the way is written with the steps between, such as {example}.</source>
        <translation>途中改变超参数的运行要在各段之间写上步数，例如 {example}。</translation>
    </message>
    <message>
        <source>A run that changes on the way must stay with one method.</source>
        <translation>途中改变超参数的运行必须始终使用同一种方法。</translation>
    </message>
    <message>
        <source>A scenario has 1 to {most} start points.</source>
        <translation>一个实验可以有 1 到 {most} 个起点。</translation>
    </message>
    <message>
        <source>A scenario has at most {most} bookmarks.</source>
        <translation>一个实验最多有 {most} 个书签。</translation>
    </message>
    <message>
        <source>A scenario has at most {most} optimizers.</source>
        <translation>一个实验最多有 {most} 个优化器。</translation>
    </message>
    <message>
        <source>A scenario says everything itself; change it with dataclasses.replace.</source>
        <translation>实验本身已说明一切；请用 dataclasses.replace 修改它。</translation>
    </message>
    <message>
        <source>A sigmoid far from its middle has hardly any slope: learning waits, then happens all at once.</source>
        <translation>sigmoid 在远离中心处几乎没有坡度：学习久久停滞，然后突然完成。</translation>
    </message>
    <message>
        <source>A start is a point (x, y) or a list of points.</source>
        <translation>起点应为一个点 (x, y)，或由若干个点组成的列表。</translation>
    </message>
    <message>
        <source>A start point needs two finite numbers, such as −7, 2.</source>
        <translation>起点需要两个有限的数，例如 −7, 2。</translation>
    </message>
    <message>
        <source>A title has at most {title} letters, and what a scenario says {says}.</source>
        <translation>标题最多 {title} 个字符，说明最多 {says} 个字符。</translation>
    </message>
    <message>
        <source>A wide slope full of dents: all balls are caught long before the deep hole in the middle.</source>
        <translation>宽阔的斜坡上布满小坑：所有小球远未到达中央的深洞就被困住。</translation>
    </message>
    <message>
        <source>A&amp;rrows</source>
        <translation>箭头(&amp;R)</translation>
    </message>
    <message>
        <source>APNG, a GIF in true colours</source>
        <translation>APNG，真彩色的动图</translation>
    </message>
    <message>
        <source>About OptiSim</source>
        <translation>关于 OptiSim</translation>
    </message>
    <message>
        <source>Ackley&apos;s funnel</source>
        <translation>Ackley 漏斗</translation>
    </message>
    <message>
        <source>AdaGrad&apos;s dying rate</source>
        <translation>AdaGrad 的学习率越来越小</translation>
    </message>
    <message>
        <source>Adam and its descendants</source>
        <translation>Adam 及其变体</translation>
    </message>
    <message>
        <source>Adam that also pulls the weights towards 0</source>
        <translation>同时把权重拉向 0 的 Adam</translation>
    </message>
    <message>
        <source>Adam that divides by the largest recent gradient</source>
        <translation>除以近期最大梯度的 Adam</translation>
    </message>
    <message>
        <source>Adam that feels the slope a step ahead</source>
        <translation>提前一步感受坡度的 Adam</translation>
    </message>
    <message>
        <source>Adam that never forgets its largest squared gradient</source>
        <translation>永远记住最大梯度平方的 Adam</translation>
    </message>
    <message>
        <source>Adam whose v cannot shrink suddenly</source>
        <translation>v 不会骤然变小的 Adam</translation>
    </message>
    <message>
        <source>Adam&apos;s bias correction</source>
        <translation>Adam 的偏差修正</translation>
    </message>
    <message>
        <source>AdamW also pulls both weights towards zero. The larger λ, the farther from the lowest loss it comes to rest, and the nearer to the origin.</source>
        <translation>AdamW 还把两个权重拉向零。λ 越大，停下的地方离最低损失越远，离原点越近。</translation>
    </message>
    <message>
        <source>Adaptive rates</source>
        <translation>自适应学习率</translation>
    </message>
    <message>
        <source>Add a &amp;start</source>
        <translation>添加起点(&amp;S)</translation>
    </message>
    <message>
        <source>Add a method, as often as you like, to compare its rates</source>
        <translation>添加优化方法；同一方法可以添加多次，以比较不同的学习率</translation>
    </message>
    <message>
        <source>Add a start</source>
        <translation>添加起点</translation>
    </message>
    <message>
        <source>Add a start here</source>
        <translation>在此处添加起点</translation>
    </message>
    <message>
        <source>Add a start point</source>
        <translation>添加起点</translation>
    </message>
    <message>
        <source>Add an optimizer to look inside its steps.</source>
        <translation>添加一个优化器，就能查看它每一步的内部。</translation>
    </message>
    <message>
        <source>Add optimizer</source>
        <translation>添加优化器</translation>
    </message>
    <message>
        <source>Add or remove a start, copy or export the image</source>
        <translation>添加或删除起点，复制或导出图像</translation>
    </message>
    <message>
        <source>After every five steps Lookahead goes half the way back, and what swings is averaged out. At η = 1 SGD alone would swing for ever; with Lookahead it comes to rest.</source>
        <translation>每走五步，Lookahead 就退回一半，摆动由此被平均掉。η = 1 时单独的 SGD 会永远摆动，加上 Lookahead 就停了下来。</translation>
    </message>
    <message>
        <source>After the first step, H gets its scale from the curvature that was met.</source>
        <translation>第一步之后，H 的尺度由所遇到的曲率决定。</translation>
    </message>
    <message>
        <source>After the turn</source>
        <translation>转弯之后</translation>
    </message>
    <message>
        <source>All balls rest in a shallow side hollow; the two deep ones lie beyond low ridges.</source>
        <translation>所有小球都停在旁边的浅坑里；两个深坑在低矮的山脊之外。</translation>
    </message>
    <message>
        <source>All find the bent valley at once; following its nearly flat floor to the minimum takes long.</source>
        <translation>各方法都能很快进入弯曲的山谷，但沿着近乎平坦的谷底走到最小值却要很久。</translation>
    </message>
    <message>
        <source>All optimizers on one map</source>
        <translation>所有优化器在同一幅图中</translation>
    </message>
    <message>
        <source>All weights of {name} into unit {unit} are 0, so no direction can be normalized by them; train the network, or take the directions of its path.</source>
        <translation>{name} 中进入第 {unit} 个单元的权重全为 0，无法据此对方向归一化；请先训练网络，或采用其轨迹的方向。</translation>
    </message>
    <message>
        <source>Along Rosenbrock&apos;s valley</source>
        <translation>沿着 Rosenbrock 山谷</translation>
    </message>
    <message>
        <source>Along the update</source>
        <translation>沿更新方向</translation>
    </message>
    <message>
        <source>Along this line a rate is searched for: the loss has to fall enough …</source>
        <translation>沿这条直线搜索步长：损失必须充分下降……</translation>
    </message>
    <message>
        <source>Along x</source>
        <translation>沿 x 方向</translation>
    </message>
    <message>
        <source>Along y</source>
        <translation>沿 y 方向</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Around another optimizer</source>
        <translation>套用其他优化器</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>箭头</translation>
    </message>
    <message>
        <source>As long as v cannot be trusted, the ball moves as with momentum.</source>
        <translation>在 v 还不可信时，小球按动量法移动。</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Ask later</source>
        <translation>以后再问</translation>
    </message>
    <message>
        <source>At step</source>
        <translation>所在步数</translation>
    </message>
    <message>
        <source>At the ball the surface curves by at most λ = {curvature}: on a bowl like that, {name} is stable below {formula} = {limit}. Beyond it the ball swings higher with every step.</source>
        <translation>小球处曲面的最大曲率为 λ = {curvature}：在这样的碗里，学习率小于 {formula} = {limit} 时 {name} 是稳定的。超过它，小球每一步都会荡得更高。</translation>
    </message>
    <message>
        <source>At the cliff of a recurrent net gradients explode, and one single step throws SGD far away. Adam&apos;s steps stay about as long as its rate.</source>
        <translation>在循环网络的悬崖处梯度爆炸，仅仅一步就把 SGD 抛得很远。Adam 的步长始终与学习率差不多。</translation>
    </message>
    <message>
        <source>At this step the schedule gives {share} % of the rate, so the mark stands at {mark}.</source>
        <translation>这一步的调度只取学习率的 {share} %，所以标记在 {mark} 处。</translation>
    </message>
    <message>
        <source>At α = 0.5 the ball soon forgets its speed and creeps, at 0.9 it swings a little and arrives first, at 0.99 it keeps rolling to and fro.</source>
        <translation>α = 0.5 时小球很快忘掉速度，慢慢爬行；0.9 时摆动几下，最先到达；0.99 时一直来回滚动。</translation>
    </message>
    <message>
        <source>Axes</source>
        <translation>坐标轴</translation>
    </message>
    <message>
        <source>BFGS that remembers a few steps instead of a matrix</source>
        <translation>不存矩阵、只记住最近几步的 BFGS</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Ball</source>
        <translation>小球</translation>
    </message>
    <message>
        <source>Balls</source>
        <translation>小球</translation>
    </message>
    <message>
        <source>Balls per start</source>
        <translation>每个起点的球数</translation>
    </message>
    <message>
        <source>Balls slide along the ridge to the saddle; AdaGrad turns to a well first, momentum last.</source>
        <translation>小球沿山脊滑向鞍点；AdaGrad 最先转入坑中，动量法最晚。</translation>
    </message>
    <message>
        <source>Batches are a number of examples, or an array of whole numbers (updates, size) that names them.</source>
        <translation>批次可以是样本数，也可以是指明样本的整数数组（更新次数，批大小）。</translation>
    </message>
    <message>
        <source>Batches name rows of the data from 0 to {most}, not {row}.</source>
        <translation>批次所指的数据行为 0 至 {most}，而不是 {row}。</translation>
    </message>
    <message>
        <source>Beale</source>
        <translation>Beale 函数</translation>
    </message>
    <message>
        <source>Below the map</source>
        <translation>在图的下方</translation>
    </message>
    <message>
        <source>Beside the map</source>
        <translation>在图的右侧</translation>
    </message>
    <message>
        <source>Best loss</source>
        <translation>最低损失</translation>
    </message>
    <message>
        <source>Bohachevsky</source>
        <translation>Bohachevsky 函数</translation>
    </message>
    <message>
        <source>Bookmark at step {step}</source>
        <translation>第 {step} 步的书签</translation>
    </message>
    <message>
        <source>Booth</source>
        <translation>Booth 函数</translation>
    </message>
    <message>
        <source>Both slide down the steep wall and turn into the valley. AdaGrad still remembers the wall and creeps, RMSProp has forgotten it and walks on.</source>
        <translation>两者都滑下陡壁，转入山谷。AdaGrad 还记着陡壁，只能慢慢爬；RMSProp 已经忘掉，继续前进。</translation>
    </message>
    <message>
        <source>Bowl of condition κ</source>
        <translation>条件数为 κ 的碗</translation>
    </message>
    <message>
        <source>Bowls</source>
        <translation>碗</translation>
    </message>
    <message>
        <source>Brackets and powers go at most {most} deep.</source>
        <translation>括号和乘方最多嵌套 {most} 层。</translation>
    </message>
    <message>
        <source>Branch here</source>
        <translation>从这里分支</translation>
    </message>
    <message>
        <source>Branch the selected optimizer at this step</source>
        <translation>在当前步为所选优化器建立分支</translation>
    </message>
    <message>
        <source>Branin</source>
        <translation>Branin 函数</translation>
    </message>
    <message>
        <source>CSV, a table for spreadsheets and everything else</source>
        <translation>CSV，电子表格等通用的表格</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>图注</translation>
    </message>
    <message>
        <source>Changes cannot be kept safe from a crash at present; save your work from time to time.</source>
        <translation>目前无法为更改保留防崩溃的备份；请不时保存。</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>曲线图</translation>
    </message>
    <message>
        <source>Chessboard</source>
        <translation>棋盘</translation>
    </message>
    <message>
        <source>Choose an example</source>
        <translation>选择示例</translation>
    </message>
    <message>
        <source>Circles</source>
        <translation>同心圆</translation>
    </message>
    <message>
        <source>Circular waves: balls settle in a ring-shaped trough and cannot climb inwards to the centre.</source>
        <translation>一圈圈的波：小球停在环形的波谷里，无法翻越波峰到达中心。</translation>
    </message>
    <message>
        <source>Cividis</source>
        <translation>Cividis</translation>
    </message>
    <message>
        <source>Click or drag in a chart</source>
        <translation>在曲线图中单击或拖动</translation>
    </message>
    <message>
        <source>Click the map</source>
        <translation>单击等高线图</translation>
    </message>
    <message>
        <source>Click the map or drag the ring to move a start</source>
        <translation>单击等高线图或拖动圆环，即可移动起点</translation>
    </message>
    <message>
        <source>Cliff of a recurrent net</source>
        <translation>循环网络的悬崖</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close this line</source>
        <translation>关闭这一行</translation>
    </message>
    <message>
        <source>Close this panel</source>
        <translation>关闭此面板</translation>
    </message>
    <message>
        <source>Colour &amp;map</source>
        <translation>配色(&amp;M)</translation>
    </message>
    <message>
        <source>Colour bar</source>
        <translation>色条</translation>
    </message>
    <message>
        <source>Colour map</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Colour on the map</source>
        <translation>在图中的颜色</translation>
    </message>
    <message>
        <source>Colours and contour lines on a logarithmic scale, for deep valleys</source>
        <translation>颜色和等高线按对数取值，适合观察很深的谷底</translation>
    </message>
    <message>
        <source>Column {column}: {sentence}</source>
        <translation>第 {column} 列：{sentence}</translation>
    </message>
    <message>
        <source>Column “{column}” of “{file}” has {count} different values; a target has 2 to {most} classes.</source>
        <translation>“{file}”的“{column}”列有 {count} 个不同的值；目标列应有 2 至 {most} 个类别。</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Compute trajectories and write them as CSV, to standard output without -o. The ending of the file chooses something else.</source>
        <translation>计算轨迹并以 CSV 格式写出；没有 -o 时写到标准输出。文件的扩展名可以选择其他内容。</translation>
    </message>
    <message>
        <source>Computing: {reach} of {steps} steps</source>
        <translation>正在计算：{reach} / {steps} 步</translation>
    </message>
    <message>
        <source>Condition number 50</source>
        <translation>条件数为 50</translation>
    </message>
    <message>
        <source>Condition number: the larger absolute curvature over the smaller</source>
        <translation>条件数：绝对值较大的曲率与较小的曲率之比</translation>
    </message>
    <message>
        <source>Constant</source>
        <translation>恒定</translation>
    </message>
    <message>
        <source>Constant exponents go from −{most} to {most}.</source>
        <translation>常数指数应在 −{most} 到 {most} 之间。</translation>
    </message>
    <message>
        <source>Contour labels</source>
        <translation>等高线数值</translation>
    </message>
    <message>
        <source>Contour lines</source>
        <translation>等高线</translation>
    </message>
    <message>
        <source>Converged is a loss at most so far above the lowest; without a known minimum, a gradient so short</source>
        <translation>损失与最小值之差不超过此值即为收敛；极小值点未知时，看梯度的长度</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy &amp;as</source>
        <translation>复制为(&amp;A)</translation>
    </message>
    <message>
        <source>Copy as &amp;LaTeX</source>
        <translation>复制为 LaTeX(&amp;L)</translation>
    </message>
    <message>
        <source>Copy as &amp;Markdown</source>
        <translation>复制为 Markdown(&amp;M)</translation>
    </message>
    <message>
        <source>Copy of the image</source>
        <translation>复制图像</translation>
    </message>
    <message>
        <source>Copy of the results</source>
        <translation>复制结果</translation>
    </message>
    <message>
        <source>Copy or open a share string</source>
        <translation>复制或打开分享字符串</translation>
    </message>
    <message>
        <source>Copy the table for a spreadsheet (Ctrl+C)</source>
        <translation>复制表格，可粘贴到电子表格 (Ctrl+C)</translation>
    </message>
    <message>
        <source>Copy the table of results</source>
        <translation>复制结果表格</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>余弦退火</translation>
    </message>
    <message>
        <source>Cosine to steepest descent</source>
        <translation>与最速下降方向夹角的余弦</translation>
    </message>
    <message>
        <source>Curved twenty times as strongly in y as in x: plain SGD zigzags.</source>
        <translation>y 方向的曲率是 x 方向的 20 倍：普通 SGD 会走之字形。</translation>
    </message>
    <message>
        <source>Custom formula</source>
        <translation>自定义公式</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Data needs a table of examples and one class for each, not the shapes {x} and {y}.</source>
        <translation>数据需要一张样本表，且每个样本有一个类别，而不是形状 {x} 和 {y}。</translation>
    </message>
    <message>
        <source>Dead ReLU</source>
        <translation>失活的 ReLU</translation>
    </message>
    <message>
        <source>Dents everywhere: every ball is caught within a few steps, far from the lowest one.</source>
        <translation>到处都是小坑：每个小球没走几步就陷住了，离最低的坑还很远。</translation>
    </message>
    <message>
        <source>Diamond</source>
        <translation>菱形</translation>
    </message>
    <message>
        <source>Digits, 8 × 8</source>
        <translation>手写数字（8 × 8）</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>距离</translation>
    </message>
    <message>
        <source>Distance to minimum</source>
        <translation>到极小值点的距离</translation>
    </message>
    <message>
        <source>Dixon–Price</source>
        <translation>Dixon–Price 函数</translation>
    </message>
    <message>
        <source>Double click</source>
        <translation>双击</translation>
    </message>
    <message>
        <source>Double well</source>
        <translation>双坑</translation>
    </message>
    <message>
        <source>Downhill, with that much of the last direction.</source>
        <translation>下坡方向，加上这么多上一步的方向。</translation>
    </message>
    <message>
        <source>Drag a start ring</source>
        <translation>拖动起点的圆环</translation>
    </message>
    <message>
        <source>Drag the map</source>
        <translation>拖动等高线图</translation>
    </message>
    <message>
        <source>Drag to any step, forwards or back</source>
        <translation>拖到任意一步，可前可后</translation>
    </message>
    <message>
        <source>Draw a figure or a film. Without options, the chapter&apos;s bowl is drawn to optisim.png.</source>
        <translation>绘制图片或动画。不带选项时，把书中的碗形曲面绘制到 optisim.png。</translation>
    </message>
    <message>
        <source>Draw another seed</source>
        <translation>换一个随机种子</translation>
    </message>
    <message>
        <source>Drop wave</source>
        <translation>水滴波</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>创建副本</translation>
    </message>
    <message>
        <source>Duplicate or remove the selected optimizer</source>
        <translation>复制或删除选中的优化器</translation>
    </message>
    <message>
        <source>E&amp;qual axes</source>
        <translation>等比例坐标轴(&amp;Q)</translation>
    </message>
    <message>
        <source>E&amp;xamples…</source>
        <translation>示例(&amp;X)…</translation>
    </message>
    <message>
        <source>Each axis moves by η against the sign of the mixture, and is pulled towards 0.</source>
        <translation>每个坐标按混合量的符号反向移动 η，同时被拉向 0。</translation>
    </message>
    <message>
        <source>Each axis moves by η downhill, however steep it is.</source>
        <translation>无论坡度多大，每个坐标都朝下坡移动 η。</translation>
    </message>
    <message>
        <source>Each axis moves downhill by its own step, however steep it is.</source>
        <translation>无论坡度多大，每个坐标都按自己的步长朝下坡移动。</translation>
    </message>
    <message>
        <source>Each part of the gradient is divided by how much it has varied about its average.</source>
        <translation>梯度的每个分量除以它围绕均值的波动幅度。</translation>
    </message>
    <message>
        <source>Each part of the gradient is divided by its recent size, so steep axes move less.</source>
        <translation>梯度的每个分量除以它近期的大小，因此陡的方向移动得少。</translation>
    </message>
    <message>
        <source>Each part of the gradient is divided by the root of its sum: what moved much now moves less.</source>
        <translation>梯度的每个分量除以其累积和的平方根：移动得多的参数，现在移动得少。</translation>
    </message>
    <message>
        <source>Easom</source>
        <translation>Easom 函数</translation>
    </message>
    <message>
        <source>Effective rate along x: the update over the gradient that the rule saw</source>
        <translation>x 方向的有效学习率：更新量与所见梯度之比</translation>
    </message>
    <message>
        <source>Effective rate along y: the update over the gradient that the rule saw</source>
        <translation>y 方向的有效学习率：更新量与所见梯度之比</translation>
    </message>
    <message>
        <source>Effective rate ‖Δ‖ / ‖∇f‖</source>
        <translation>有效学习率 ‖Δ‖ / ‖∇f‖</translation>
    </message>
    <message>
        <source>Eggholder</source>
        <translation>Eggholder 函数</translation>
    </message>
    <message>
        <source>Eight balls fit a line, each to mini-batches of its own. At a constant rate they stay scattered; with a rate that falls like 1/t, all of them end in nearly the same place.</source>
        <translation>八个小球各用自己的小批量拟合直线。学习率不变时它们一直散开；学习率按 1/t 下降时，它们都停在几乎同一处。</translation>
    </message>
    <message>
        <source>Equal axes</source>
        <translation>等比例坐标轴</translation>
    </message>
    <message>
        <source>Equally steep all around: plain SGD heads straight for the middle, and momentum overshoots it.</source>
        <translation>四面一样陡：普通 SGD 直奔中心，动量法则会冲过头。</translation>
    </message>
    <message>
        <source>Every field of {name} in “{file}” needs a default.</source>
        <translation>“{file}”中 {name} 的每个字段都需要默认值。</translation>
    </message>
    <message>
        <source>Every gradient is noisy. At a constant rate the ball wanders about the minimum for ever; with a falling rate it comes to rest there.</source>
        <translation>每个梯度都带有噪声。学习率不变时，小球永远在最小值周围游荡；学习率逐渐下降时，它就停在那里。</translation>
    </message>
    <message>
        <source>Every k steps, the ball goes back to the slow weights.</source>
        <translation>每隔 k 步，小球回到慢权重处。</translation>
    </message>
    <message>
        <source>Every k steps, the slow weights follow by a part of the way.</source>
        <translation>每隔 k 步，慢权重跟进一部分路程。</translation>
    </message>
    <message>
        <source>Every optimizer gets a ball at every start</source>
        <translation>每个优化器在每个起点各放一个小球</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Experiments that come with OptiSim, each with one thing to see</source>
        <translation>OptiSim 自带的实验，每个都有一个看点</translation>
    </message>
    <message>
        <source>Exponential</source>
        <translation>指数衰减</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Export &amp;film…</source>
        <translation>导出动画(&amp;F)…</translation>
    </message>
    <message>
        <source>Export &amp;trajectories…</source>
        <translation>导出轨迹数据(&amp;T)…</translation>
    </message>
    <message>
        <source>Export a film</source>
        <translation>导出动画</translation>
    </message>
    <message>
        <source>Export film</source>
        <translation>导出动画</translation>
    </message>
    <message>
        <source>Export image</source>
        <translation>导出图像</translation>
    </message>
    <message>
        <source>Export or copy the image</source>
        <translation>导出或复制图像</translation>
    </message>
    <message>
        <source>Export table</source>
        <translation>导出表格</translation>
    </message>
    <message>
        <source>Export the table to a file</source>
        <translation>将表格导出为文件</translation>
    </message>
    <message>
        <source>Export the trajectories</source>
        <translation>导出轨迹</translation>
    </message>
    <message>
        <source>Export trajectories</source>
        <translation>导出轨迹数据</translation>
    </message>
    <message>
        <source>F&amp;aster</source>
        <translation>加快(&amp;A)</translation>
    </message>
    <message>
        <source>Faint</source>
        <translation>淡显</translation>
    </message>
    <message>
        <source>Falling rates against noise</source>
        <translation>用下降的学习率对付噪声</translation>
    </message>
    <message>
        <source>Far out the slope is constant, so SGD walks at an even pace and brakes only near the bottom.</source>
        <translation>远处坡度恒定，SGD 匀速前进，接近底部时才减速。</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Finding the valley is easy, following its flat, bent floor is not: SGD creeps, Adam and Momentum get on, L-BFGS learns the curvature and arrives in about thirty steps.</source>
        <translation>进入山谷很容易，沿着平坦弯曲的谷底走却很难：SGD 慢慢爬，Adam 和动量法走得快些，L-BFGS 学到曲率，大约三十步就到达。</translation>
    </message>
    <message>
        <source>First or last step</source>
        <translation>第一步或最后一步</translation>
    </message>
    <message>
        <source>Fitting a line</source>
        <translation>直线拟合</translation>
    </message>
    <message>
        <source>Fitting a line by distances</source>
        <translation>最小绝对偏差拟合</translation>
    </message>
    <message>
        <source>Five methods in a stretched bowl</source>
        <translation>狭长碗中的五种方法</translation>
    </message>
    <message>
        <source>Flat-bottomed bowl</source>
        <translation>平底碗</translation>
    </message>
    <message>
        <source>For this step, the average is mixed with a good deal of the newest gradient.</source>
        <translation>这一步所用的，是滑动平均与较多最新梯度的混合。</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>公式</translation>
    </message>
    <message>
        <source>Four equally deep minima: move the start a little and a ball ends in another.</source>
        <translation>四个最小值一样深：稍微移动起点，小球就会落入另一个。</translation>
    </message>
    <message>
        <source>Four minima are equally deep. Which one a ball ends in depends on the method and its rate as much as on the start: drag it a little.</source>
        <translation>四个最小值一样深。小球落入哪一个，不仅取决于起点，也取决于方法和学习率：稍微拖动起点试试。</translation>
    </message>
    <message>
        <source>Frames per second</source>
        <translation>每秒帧数</translation>
    </message>
    <message>
        <source>Freudenstein–Roth</source>
        <translation>Freudenstein–Roth 函数</translation>
    </message>
    <message>
        <source>From data</source>
        <translation>来自数据</translation>
    </message>
    <message>
        <source>From here the path soon turns along the floor, where AdaGrad and Adam lag behind SGD.</source>
        <translation>路径很快转向谷底；在谷底，AdaGrad 和 Adam 落后于 SGD。</translation>
    </message>
    <message>
        <source>From step {step} on:</source>
        <translation>从第 {step} 步起：</translation>
    </message>
    <message>
        <source>From the crown all fall to the wrong side; only then does the gentle brim lead to the minimum.</source>
        <translation>小球都从帽顶落到错误的一侧，然后才沿着平缓的帽边走向最小值。</translation>
    </message>
    <message>
        <source>Function f(x, y) =</source>
        <translation>函数 f(x, y) =</translation>
    </message>
    <message>
        <source>GIF, for chats and notes</source>
        <translation>GIF，用于聊天和笔记</translation>
    </message>
    <message>
        <source>Gaussian</source>
        <translation>高斯噪声</translation>
    </message>
    <message>
        <source>Go another way from this step on; the old one stays faint</source>
        <translation>从这一步起另走一条路，原来的轨迹淡显保留</translation>
    </message>
    <message>
        <source>Go to step {step}</source>
        <translation>转到第 {step} 步</translation>
    </message>
    <message>
        <source>Go to step…</source>
        <translation>跳到指定步…</translation>
    </message>
    <message>
        <source>Go to that step</source>
        <translation>跳到该步</translation>
    </message>
    <message>
        <source>Goldstein–Price</source>
        <translation>Goldstein–Price 函数</translation>
    </message>
    <message>
        <source>Golf hole</source>
        <translation>高尔夫球洞</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Gradient descent and momentum</source>
        <translation>梯度下降与动量</translation>
    </message>
    <message>
        <source>Gradient ‖∇f‖</source>
        <translation>梯度 ‖∇f‖</translation>
    </message>
    <message>
        <source>Gradients explode at the cliff: a rate that is safe there leaves SGD standing on the plateau.</source>
        <translation>悬崖处梯度爆炸：在那里安全的学习率，会让 SGD 停在高原上不动。</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>Griewank</source>
        <translation>Griewank 函数</translation>
    </message>
    <message>
        <source>H is changed as little as possible so that it turns y into s, as an inverse Hessian does.</source>
        <translation>尽可能小地修改 H，使它像海森矩阵的逆那样把 y 变成 s。</translation>
    </message>
    <message>
        <source>H is what was known of the inverse Hessian.</source>
        <translation>H 是此前对海森矩阵之逆的了解。</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>热图</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Height of the surface at the ball</source>
        <translation>小球处曲面的高度</translation>
    </message>
    <message>
        <source>Heights span five orders of magnitude: a rate safe on the walls is far too small for the floor.</source>
        <translation>高度跨越五个数量级：在陡壁上安全的学习率，到了谷底就太小了。</translation>
    </message>
    <message>
        <source>Here is the ball.</source>
        <translation>小球在这里。</translation>
    </message>
    <message>
        <source>Here is the ball. The gradient points the steepest way up; only this slope is known to the method.</source>
        <translation>小球在这里。梯度指向上升最快的方向；算法只知道这一点的坡度。</translation>
    </message>
    <message>
        <source>Hills and hollows alternate with saddles at the corners, where Adam hesitates longest.</source>
        <translation>山丘与凹地交错排列，格子的角上是鞍点，Adam 在那里犹豫得最久。</translation>
    </message>
    <message>
        <source>Himmelblau</source>
        <translation>Himmelblau 函数</translation>
    </message>
    <message>
        <source>Hold at the end, s</source>
        <translation>结尾停留（秒）</translation>
    </message>
    <message>
        <source>Holder table</source>
        <translation>Hölder 桌</translation>
    </message>
    <message>
        <source>How far gradients are from their average is averaged, squared, for each axis.</source>
        <translation>对每个坐标，把梯度偏离其均值的平方做滑动平均。</translation>
    </message>
    <message>
        <source>How far v can be trusted by now: from 0 to 1. Up to 5 steps, not at all.</source>
        <translation>v 目前有多可信：从 0 到 1。不超过 5 步时完全不可信。</translation>
    </message>
    <message>
        <source>How it has changed the gradient: that tells of the curvature.</source>
        <translation>它使梯度改变了多少：由此可知曲率。</translation>
    </message>
    <message>
        <source>How long the update is compared to the gradient: the learning rate in effect</source>
        <translation>更新量与梯度的长度之比，即实际起作用的学习率</translation>
    </message>
    <message>
        <source>How many steps it spans by now.</source>
        <translation>它目前跨越多少步。</translation>
    </message>
    <message>
        <source>How many steps the average of squared gradients spans in the end.</source>
        <translation>梯度平方的均值最终跨越多少步。</translation>
    </message>
    <message>
        <source>How many updates are made in all</source>
        <translation>一共更新多少次</translation>
    </message>
    <message>
        <source>How much friction?</source>
        <translation>摩擦取多大？</translation>
    </message>
    <message>
        <source>How much of the last direction is worth keeping: none where the slope has turned.</source>
        <translation>上一步的方向值得保留多少：坡度转向时不保留。</translation>
    </message>
    <message>
        <source>How the gradient has just changed is averaged.</source>
        <translation>对梯度刚刚发生的变化做滑动平均。</translation>
    </message>
    <message>
        <source>How the learning rate changes on the way</source>
        <translation>学习率在训练过程中如何变化</translation>
    </message>
    <message>
        <source>In the steep direction each update multiplies y by 1 − 2η: at 0.5 it is gone at once, at 0.9 it changes sign each time and fades. At η = 1, which is 2/λ, it swings for ever, and above it grows.</source>
        <translation>在陡的方向上，每次更新都把 y 乘以 1 − 2η：η 为 0.5 时 y 立刻变为 0，为 0.9 时每次变号并逐渐减小。η = 1（即 2/λ）时永远来回摆动，再大就越摆越远。</translation>
    </message>
    <message>
        <source>Include</source>
        <translation>包含内容</translation>
    </message>
    <message>
        <source>Inside the step</source>
        <translation>单步拆解</translation>
    </message>
    <message>
        <source>Inverse time</source>
        <translation>反比例衰减</translation>
    </message>
    <message>
        <source>It has left: its loss grew without bound</source>
        <translation>已发散：损失无限增大</translation>
    </message>
    <message>
        <source>It leads down, so it is taken.</source>
        <translation>它通向下坡，因此采用。</translation>
    </message>
    <message>
        <source>It would not lead down: straight downhill instead.</source>
        <translation>它不通向下坡：改为直接下坡。</translation>
    </message>
    <message>
        <source>Its optimizer has failed</source>
        <translation>该优化器出错</translation>
    </message>
    <message>
        <source>Its steep corners force a tiny rate on SGD, which creeps where the adaptive methods stride.</source>
        <translation>四角极陡，SGD 只能用极小的学习率，于是缓缓爬行；自适应方法则大步前进。</translation>
    </message>
    <message>
        <source>JSON, for programs</source>
        <translation>JSON，供程序读取</translation>
    </message>
    <message>
        <source>Keyboard and mouse</source>
        <translation>键盘与鼠标</translation>
    </message>
    <message>
        <source>Kinked ridges fence off every hollow: all balls settle in one half as deep as the deepest.</source>
        <translation>带折痕的山脊把凹地一一隔开：所有小球都停在一个只有最深处一半深的凹地里。</translation>
    </message>
    <message>
        <source>Kinked valley</source>
        <translation>带折痕的山谷</translation>
    </message>
    <message>
        <source>Kinks</source>
        <translation>折痕</translation>
    </message>
    <message>
        <source>L&amp;ocal picture</source>
        <translation>局部近似(&amp;O)</translation>
    </message>
    <message>
        <source>LaTeX, for papers</source>
        <translation>LaTeX，用于论文</translation>
    </message>
    <message>
        <source>Lab</source>
        <translation>实验室</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Largest curvature at the ball: an eigenvalue of the Hessian</source>
        <translation>小球处的最大曲率：黑塞矩阵的特征值</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>Lasso</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>版式</translation>
    </message>
    <message>
        <source>Learning-rate schedule</source>
        <translation>学习率调度</translation>
    </message>
    <message>
        <source>Left end of the slider</source>
        <translation>滑块左端</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>图例</translation>
    </message>
    <message>
        <source>Length in seconds</source>
        <translation>时长（秒）</translation>
    </message>
    <message>
        <source>Leon</source>
        <translation>Leon 函数</translation>
    </message>
    <message>
        <source>Levy no. 13</source>
        <translation>Levy 13 号函数</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Like Rosenbrock&apos;s valley, with a cubic bend: SGD and momentum hardly move, RMSProp gets far.</source>
        <translation>与 Rosenbrock 山谷相似，但按三次曲线弯曲：SGD 和动量法几乎不动，RMSProp 走得很远。</translation>
    </message>
    <message>
        <source>Line search and curvature</source>
        <translation>线搜索与二阶方法</translation>
    </message>
    <message>
        <source>Linear regression</source>
        <translation>线性回归</translation>
    </message>
    <message>
        <source>Linear warm-up</source>
        <translation>线性预热</translation>
    </message>
    <message>
        <source>Lines, balls and gaps go with the size of the text</source>
        <translation>线条、小球和间距随文字大小一起变化</translation>
    </message>
    <message>
        <source>List the surfaces, optimizers, schedules, kinds of noise or examples.</source>
        <translation>列出曲面、优化器、学习率调度、噪声种类或示例。</translation>
    </message>
    <message>
        <source>Load and run</source>
        <translation>加载并运行</translation>
    </message>
    <message>
        <source>Load optimizer</source>
        <translation>加载优化器</translation>
    </message>
    <message>
        <source>Load optimizer…</source>
        <translation>加载优化器…</translation>
    </message>
    <message>
        <source>Loaded {names}</source>
        <translation>已加载 {names}</translation>
    </message>
    <message>
        <source>Local picture</source>
        <translation>局部近似</translation>
    </message>
    <message>
        <source>Logarithmic scale</source>
        <translation>对数刻度</translation>
    </message>
    <message>
        <source>Logistic regression</source>
        <translation>逻辑回归</translation>
    </message>
    <message>
        <source>Long curved waves, each a little lower towards the middle: all balls rest in a trough.</source>
        <translation>长长的弯曲波浪，越靠近中间波谷越低：所有小球都停在某道波谷里。</translation>
    </message>
    <message>
        <source>Lookahead over</source>
        <translation>Lookahead 套用</translation>
    </message>
    <message>
        <source>Lookahead steadies</source>
        <translation>Lookahead 让它平稳</translation>
    </message>
    <message>
        <source>Loop ({formats})</source>
        <translation>循环播放（{formats}）</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Loss above the lowest</source>
        <translation>损失与最小值之差</translation>
    </message>
    <message>
        <source>Loss of one example =</source>
        <translation>单个样本的损失 =</translation>
    </message>
    <message>
        <source>MP4, for slides and everything else</source>
        <translation>MP4，用于幻灯片等各种场合</translation>
    </message>
    <message>
        <source>Magma</source>
        <translation>Magma</translation>
    </message>
    <message>
        <source>Many minima</source>
        <translation>多个极小值</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>等高线图</translation>
    </message>
    <message>
        <source>Maps</source>
        <translation>等高线图</translation>
    </message>
    <message>
        <source>Markdown, for notes</source>
        <translation>Markdown，用于笔记</translation>
    </message>
    <message>
        <source>Matyas</source>
        <translation>Matyas 函数</translation>
    </message>
    <message>
        <source>Max</source>
        <translation>最快</translation>
    </message>
    <message>
        <source>McCormick</source>
        <translation>McCormick 函数</translation>
    </message>
    <message>
        <source>Mexican hat</source>
        <translation>墨西哥帽</translation>
    </message>
    <message>
        <source>Michalewicz</source>
        <translation>Michalewicz 函数</translation>
    </message>
    <message>
        <source>Mini-batches</source>
        <translation>小批量</translation>
    </message>
    <message>
        <source>Mini-batches need a surface made of data; choose one of the family “From data”.</source>
        <translation>小批量需要由数据构成的曲面，请从“来自数据”一类中选择。</translation>
    </message>
    <message>
        <source>Minima</source>
        <translation>最小值点</translation>
    </message>
    <message>
        <source>Minimum</source>
        <translation>极小值点</translation>
    </message>
    <message>
        <source>Monkey saddle</source>
        <translation>猴鞍面</translation>
    </message>
    <message>
        <source>Moons</source>
        <translation>双月</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Move that start</source>
        <translation>移动该起点</translation>
    </message>
    <message>
        <source>Move the nearest start there</source>
        <translation>把最近的起点移到该处</translation>
    </message>
    <message>
        <source>Move the selected optimizer in the list</source>
        <translation>在列表中移动选中的优化器</translation>
    </message>
    <message>
        <source>Move the start here</source>
        <translation>把起点移到这里</translation>
    </message>
    <message>
        <source>Move the view</source>
        <translation>平移视图</translation>
    </message>
    <message>
        <source>Move to the drawer</source>
        <translation>移到下方</translation>
    </message>
    <message>
        <source>Move to the side</source>
        <translation>移到右侧</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>NPZ, arrays for NumPy</source>
        <translation>NPZ，NumPy 数组</translation>
    </message>
    <message>
        <source>Narrow trenches in a flat plain: SGD finds one trench, but along it there is no slope left.</source>
        <translation>平地上有几条窄沟：SGD 找到了一条，但沿沟方向已经没有坡度。</translation>
    </message>
    <message>
        <source>Nesterov looks ahead</source>
        <translation>Nesterov 会向前看</translation>
    </message>
    <message>
        <source>New, open or save a scenario</source>
        <translation>新建、打开或保存实验</translation>
    </message>
    <message>
        <source>Nine times steeper across a diagonal: separate rates for x and y cannot undo a tilted stretch.</source>
        <translation>横跨对角线的方向陡九倍：x、y 各用各的学习率，也抵消不了斜向的拉伸。</translation>
    </message>
    <message>
        <source>No minimum of this surface is known</source>
        <translation>此曲面的极小值点未知</translation>
    </message>
    <message>
        <source>No optimizer fits</source>
        <translation>没有符合的优化器</translation>
    </message>
    <message>
        <source>No rest at a kink</source>
        <translation>折痕处停不下来</translation>
    </message>
    <message>
        <source>No trial has a result yet, so there is no good range.</source>
        <translation>还没有任何试验得出结果，因此没有合适的范围。</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>Noise on the gradients</source>
        <translation>梯度上的噪声</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>Nothing fits</source>
        <translation>没有符合的命令</translation>
    </message>
    <message>
        <source>Nothing is known of the curvature, or it is not upwards: the rate is the first one.</source>
        <translation>曲率未知或不向上弯：采用初始步长。</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Number of steps</source>
        <translation>总步数</translation>
    </message>
    <message>
        <source>Number of steps…</source>
        <translation>总步数…</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Of all optimizers</source>
        <translation>显示所有优化器的箭头</translation>
    </message>
    <message>
        <source>Of four hollows one is the deepest; from here every ball settles in the highest.</source>
        <translation>四个凹地中只有一个最深；从这里出发，所有小球都停在最浅的那个里。</translation>
    </message>
    <message>
        <source>On the green the slope is tiny: SGD and momentum start very late, the adaptive methods at once.</source>
        <translation>果岭上坡度极小：SGD 和动量法很晚才动起来，自适应方法一开始就出发。</translation>
    </message>
    <message>
        <source>On the map</source>
        <translation>在图上</translation>
    </message>
    <message>
        <source>One ReLU is dead and has no slope: only balls that overshoot wake it and reach the minimum.</source>
        <translation>一个 ReLU 已失活，没有坡度：只有冲过头的小球才能唤醒它，到达最小值。</translation>
    </message>
    <message>
        <source>One column, 88 mm</source>
        <translation>单栏，88 mm</translation>
    </message>
    <message>
        <source>One cycle</source>
        <translation>单周期</translation>
    </message>
    <message>
        <source>One hole in a vast plain: start a little farther out and no method finds it.</source>
        <translation>广阔的平地上只有一个洞：起点再远一点，就没有方法能找到它。</translation>
    </message>
    <message>
        <source>One line of the rule back (Shift+←)</source>
        <translation>后退一行公式（Shift+←）</translation>
    </message>
    <message>
        <source>One line of the rule on (Shift+→)</source>
        <translation>前进一行公式（Shift+→）</translation>
    </message>
    <message>
        <source>One line of the update rule back or forward</source>
        <translation>更新公式后退或前进一行</translation>
    </message>
    <message>
        <source>One start, three minima</source>
        <translation>一个起点，三个最小值</translation>
    </message>
    <message>
        <source>One step back or forward</source>
        <translation>后退或前进一步</translation>
    </message>
    <message>
        <source>Only the larger of two slopes is seen at a time: balls reach an edge, then zigzag along it.</source>
        <translation>每次只看得到较大的那个坡度：小球到达棱边后，便沿着它曲折前进。</translation>
    </message>
    <message>
        <source>Only the sign counts</source>
        <translation>只看符号</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open or shut the drawer (F8)</source>
        <translation>展开或收起下方面板（F8）</translation>
    </message>
    <message>
        <source>Open s&amp;hare string…</source>
        <translation>打开分享字符串(&amp;H)…</translation>
    </message>
    <message>
        <source>Open share string</source>
        <translation>打开分享字符串</translation>
    </message>
    <message>
        <source>Open the window with a scenario.</source>
        <translation>打开窗口并载入一个实验。</translation>
    </message>
    <message>
        <source>OptiSim ended unexpectedly. Restore “{name}”, as it was at {time}?</source>
        <translation>OptiSim 上次意外退出。要恢复“{name}”在 {time} 时的状态吗？</translation>
    </message>
    <message>
        <source>OptiSim files ({endings})</source>
        <translation>OptiSim 文件（{endings}）</translation>
    </message>
    <message>
        <source>OptiSim scenario</source>
        <translation>OptiSim 实验</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Optimizers</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Own size</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>PDF, vectors for print and LaTeX</source>
        <translation>PDF：矢量图，用于印刷和 LaTeX</translation>
    </message>
    <message>
        <source>PNG, pixels for screens and slides</source>
        <translation>PNG：位图，用于屏幕和幻灯片</translation>
    </message>
    <message>
        <source>Paste a line of text that begins with “optisim:”.</source>
        <translation>请粘贴以“optisim:”开头的一行文字。</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路程</translation>
    </message>
    <message>
        <source>Peaks and pits of very different size: most balls stay in a tiny dent beside deep pits.</source>
        <translation>峰与坑大小悬殊：多数小球停在深坑旁的小凹坑里。</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地形</translation>
    </message>
    <message>
        <source>Place in the film</source>
        <translation>动画中的位置</translation>
    </message>
    <message>
        <source>Plateaus and cliffs</source>
        <translation>高原与悬崖</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>播放或暂停</translation>
    </message>
    <message>
        <source>Playing: step {step} of {steps}</source>
        <translation>播放中：第 {step} / {steps} 步</translation>
    </message>
    <message>
        <source>Polynomial</source>
        <translation>多项式衰减</translation>
    </message>
    <message>
        <source>Pre&amp;vious bookmark</source>
        <translation>上一个书签(&amp;V)</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Previous or next bookmark</source>
        <translation>上一个或下一个书签</translation>
    </message>
    <message>
        <source>Print a scenario as a line of text that OptiSim opens wherever it opens a file.</source>
        <translation>把实验输出为一行文字；凡是能打开文件的地方，OptiSim 都能打开它。</translation>
    </message>
    <message>
        <source>Pyramid</source>
        <translation>金字塔</translation>
    </message>
    <message>
        <source>Python files (*.py)</source>
        <translation>Python 文件 (*.py)</translation>
    </message>
    <message>
        <source>Qt could not be loaded: {reason}.</source>
        <translation>无法加载 Qt：{reason}。</translation>
    </message>
    <message>
        <source>Race</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Race optimizers over a loss surface. Without a command, the window opens.</source>
        <translation>让优化器在损失曲面上竞赛。不带命令时打开窗口。</translation>
    </message>
    <message>
        <source>Range shown</source>
        <translation>绘图范围</translation>
    </message>
    <message>
        <source>Rastrigin&apos;s egg box</source>
        <translation>Rastrigin 蛋托</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>有效学习率</translation>
    </message>
    <message>
        <source>Rates of x and y</source>
        <translation>x 与 y 各自的学习率</translation>
    </message>
    <message>
        <source>Re-roll</source>
        <translation>换个种子</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Remove this bookmark</source>
        <translation>移除此书签</translation>
    </message>
    <message>
        <source>Remove this start</source>
        <translation>删除此起点</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>分辨率</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Restore &amp;layout</source>
        <translation>恢复默认布局(&amp;L)</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Results as &amp;LaTeX</source>
        <translation>LaTeX 格式的结果(&amp;L)</translation>
    </message>
    <message>
        <source>Results as &amp;Markdown</source>
        <translation>Markdown 格式的结果(&amp;M)</translation>
    </message>
    <message>
        <source>Results at this step</source>
        <translation>此步的结果</translation>
    </message>
    <message>
        <source>Ridges and pits of all sizes: balls stop in a pit nearby, far above the lowest one.</source>
        <translation>山脊和坑洼大小不一：小球停在附近的坑里，远高于最低点。</translation>
    </message>
    <message>
        <source>Right click</source>
        <translation>右键单击</translation>
    </message>
    <message>
        <source>Right end of the slider</source>
        <translation>滑块右端</translation>
    </message>
    <message>
        <source>Ripples lie on a wide bowl: SGD is caught at once, the adaptive methods cross many of them.</source>
        <translation>宽碗上布满波纹：SGD 立刻被困住，自适应方法能越过许多道。</translation>
    </message>
    <message>
        <source>Rosenbrock&apos;s valley</source>
        <translation>Rosenbrock 山谷</translation>
    </message>
    <message>
        <source>Round bowl</source>
        <translation>圆碗</translation>
    </message>
    <message>
        <source>S&amp;lower</source>
        <translation>减慢(&amp;L)</translation>
    </message>
    <message>
        <source>S&amp;maller text</source>
        <translation>缩小文字(&amp;M)</translation>
    </message>
    <message>
        <source>SGD zigzags between the steep walls, Momentum swings past the minimum, AdaGrad and RMSProp go almost straight. Play it, then drag the start.</source>
        <translation>SGD 在陡壁之间走之字形，动量法冲过最小值，AdaGrad 和 RMSProp 几乎直奔而去。先播放，再拖动起点试试。</translation>
    </message>
    <message>
        <source>SVG, vectors for the web and for editing</source>
        <translation>SVG：矢量图，用于网页和后期编辑</translation>
    </message>
    <message>
        <source>Saddle</source>
        <translation>鞍面</translation>
    </message>
    <message>
        <source>Saddles</source>
        <translation>鞍面</translation>
    </message>
    <message>
        <source>Saturated neuron</source>
        <translation>饱和的神经元</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Saved {path}</source>
        <translation>已保存 {path}</translation>
    </message>
    <message>
        <source>Schaffer no. 2</source>
        <translation>Schaffer 2 号函数</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>学习率调度</translation>
    </message>
    <message>
        <source>Schwefel</source>
        <translation>Schwefel 函数</translation>
    </message>
    <message>
        <source>Screen, 1280 × 800</source>
        <translation>屏幕，1280 × 800</translation>
    </message>
    <message>
        <source>Search optimizers</source>
        <translation>搜索优化器</translation>
    </message>
    <message>
        <source>Search…</source>
        <translation>搜索…</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Select optimizer</source>
        <translation>选择优化器</translation>
    </message>
    <message>
        <source>Set a value of the selected optimizer…</source>
        <translation>设置所选优化器的参数…</translation>
    </message>
    <message>
        <source>Set or remove a book&amp;mark</source>
        <translation>设置或移除书签(&amp;M)</translation>
    </message>
    <message>
        <source>Set or remove a bookmark at this step</source>
        <translation>在当前步设置或移除书签</translation>
    </message>
    <message>
        <source>Share string</source>
        <translation>分享字符串</translation>
    </message>
    <message>
        <source>Shelf</source>
        <translation>台阶平地</translation>
    </message>
    <message>
        <source>Show &amp;arrows</source>
        <translation>显示箭头(&amp;A)</translation>
    </message>
    <message>
        <source>Show code</source>
        <translation>显示代码</translation>
    </message>
    <message>
        <source>Show or hide</source>
        <translation>显示或隐藏</translation>
    </message>
    <message>
        <source>Show or hide arrows, the local picture</source>
        <translation>显示或隐藏箭头、局部近似</translation>
    </message>
    <message>
        <source>Show or hide the selected optimizer</source>
        <translation>显示或隐藏所选优化器</translation>
    </message>
    <message>
        <source>Show the whole domain again</source>
        <translation>重新显示整个绘图范围</translation>
    </message>
    <message>
        <source>Shubert</source>
        <translation>Shubert 函数</translation>
    </message>
    <message>
        <source>Side view</source>
        <translation>侧视图</translation>
    </message>
    <message>
        <source>Sign-based</source>
        <translation>符号类方法</translation>
    </message>
    <message>
        <source>Six points and absolute errors make a loss of flat facets, on which SGD keeps hopping.</source>
        <translation>六个点加绝对误差，损失由一块块平面拼成，SGD 在上面跳个不停。</translation>
    </message>
    <message>
        <source>Six-hump camel</source>
        <translation>六峰驼函数</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Slide 16:9, 1920 × 1080</source>
        <translation>幻灯片 16:9，1920 × 1080</translation>
    </message>
    <message>
        <source>Slope and curvature vanish on the shelf: only momentum carries a ball across and down.</source>
        <translation>平地上坡度和曲率都消失：只有动量能把小球带过去，再落到低处。</translation>
    </message>
    <message>
        <source>Slope at the ball: the length of the true gradient</source>
        <translation>小球处的坡度：真实梯度的长度</translation>
    </message>
    <message>
        <source>Slope x and height y of a line: data off centre make the bowl both stretched and tilted.</source>
        <translation>x 是直线的斜率，y 是截距：数据没有中心化，碗就既狭长又倾斜。</translation>
    </message>
    <message>
        <source>Slow motion</source>
        <translation>慢动作</translation>
    </message>
    <message>
        <source>Slow motion: &amp;on</source>
        <translation>慢动作：前进(&amp;O)</translation>
    </message>
    <message>
        <source>Slow motion: bac&amp;k</source>
        <translation>慢动作：后退(&amp;K)</translation>
    </message>
    <message>
        <source>Slow motion: back</source>
        <translation>慢动作：后退</translation>
    </message>
    <message>
        <source>Slow motion: forward</source>
        <translation>慢动作：前进</translation>
    </message>
    <message>
        <source>Slower or faster</source>
        <translation>减慢或加快</translation>
    </message>
    <message>
        <source>Small dents in a bowl: momentum and Adam roll through them, SGD and AdaGrad get stuck.</source>
        <translation>碗里有许多小坑：动量法和 Adam 能滚过去，SGD 和 AdaGrad 则被卡住。</translation>
    </message>
    <message>
        <source>Smallest curvature at the ball: an eigenvalue of the Hessian</source>
        <translation>小球处的最小曲率：黑塞矩阵的特征值</translation>
    </message>
    <message>
        <source>So many balls leave every start, each with noise of its own: a fan of trails</source>
        <translation>每个起点放出这么多小球，各有各的噪声，轨迹散成扇形</translation>
    </message>
    <message>
        <source>Soft cone</source>
        <translation>圆头锥</translation>
    </message>
    <message>
        <source>Something went wrong, and OptiSim goes on. What happened is written in {file}.</source>
        <translation>出了点问题，OptiSim 会继续运行。详情已写入 {file}。</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Space plays the race, ← and → step through it. Drag the ring to start elsewhere.</source>
        <translation>按空格键播放，按 ← → 单步前进或后退。拖动圆环可以改变起点。</translation>
    </message>
    <message>
        <source>Space plays, ← and → step, drag the ring to move the start; F1 lists all keys</source>
        <translation>空格播放，← → 单步，拖动圆环移动起点；按 F1 查看全部按键</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Speed: 1× makes 6 updates a second</source>
        <translation>速度：1× 为每秒更新 6 次</translation>
    </message>
    <message>
        <source>Spirals</source>
        <translation>螺旋</translation>
    </message>
    <message>
        <source>Square, 1080 × 1080</source>
        <translation>正方形，1080 × 1080</translation>
    </message>
    <message>
        <source>Staircase</source>
        <translation>阶梯</translation>
    </message>
    <message>
        <source>Start (x, y)</source>
        <translation>起点 (x, y)</translation>
    </message>
    <message>
        <source>Start points</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>Start x</source>
        <translation>起点的 x</translation>
    </message>
    <message>
        <source>Start y</source>
        <translation>起点的 y</translation>
    </message>
    <message>
        <source>Start {number}</source>
        <translation>起点 {number}</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Step &amp;back</source>
        <translation>后退一步(&amp;B)</translation>
    </message>
    <message>
        <source>Step &amp;forward</source>
        <translation>前进一步(&amp;F)</translation>
    </message>
    <message>
        <source>Step length</source>
        <translation>步长</translation>
    </message>
    <message>
        <source>Step length ‖Δ‖</source>
        <translation>步长 ‖Δ‖</translation>
    </message>
    <message>
        <source>Step {step} of</source>
        <translation>第 {step} 步，共</translation>
    </message>
    <message>
        <source>Step {step} of {steps}</source>
        <translation>第 {step} / {steps} 步</translation>
    </message>
    <message>
        <source>Step {step} → {next}. Shift+→ goes through it line by line.</source>
        <translation>第 {step} 步 → 第 {next} 步。按 Shift+→ 逐行查看。</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Steps per second</source>
        <translation>每秒步数</translation>
    </message>
    <message>
        <source>Stop this</source>
        <translation>停止此任务</translation>
    </message>
    <message>
        <source>Straight downhill</source>
        <translation>沿最陡下降方向</translation>
    </message>
    <message>
        <source>Stretched along a diagonal: SGD zigzags from wall to wall while RMSProp runs down the floor.</source>
        <translation>碗沿对角线拉长：SGD 在两壁之间来回折返，RMSProp 则顺着谷底一路下行。</translation>
    </message>
    <message>
        <source>Stretched bowl</source>
        <translation>狭长的碗</translation>
    </message>
    <message>
        <source>Stuck on a plateau</source>
        <translation>困在高原上</translation>
    </message>
    <message>
        <source>Styblinski–Tang</source>
        <translation>Styblinski–Tang 函数</translation>
    </message>
    <message>
        <source>Surface</source>
        <translation>损失曲面</translation>
    </message>
    <message>
        <source>Take away a figure, a film, numbers or the experiment itself</source>
        <translation>导出图像、动画、数据或整个实验</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>The Hessian says how the surface curves at the ball.</source>
        <translation>海森矩阵描述曲面在小球处的弯曲。</translation>
    </message>
    <message>
        <source>The Python script is on the clipboard</source>
        <translation>Python 脚本已复制到剪贴板</translation>
    </message>
    <message>
        <source>The absolute values pull y to exactly 0, but a large fixed rate keeps hopping over that line.</source>
        <translation>绝对值项把 y 恰好拉到 0，但较大的固定学习率会使小球不断跳过这条线。</translation>
    </message>
    <message>
        <source>The average as it will be at the next step: the newest gradient counts once more.</source>
        <translation>下一步将有的均值：最新的梯度再计入一次。</translation>
    </message>
    <message>
        <source>The average began at 0 and is too small at first: dividing corrects that.</source>
        <translation>滑动平均从 0 开始，起初偏小：除以这个数加以修正。</translation>
    </message>
    <message>
        <source>The average of gradients takes in the newest one and forgets a little of the old.</source>
        <translation>梯度的滑动平均吸收最新的梯度，并忘掉一点旧的。</translation>
    </message>
    <message>
        <source>The ball has stopped; no step is made any more.</source>
        <translation>小球已经停止，不再更新。</translation>
    </message>
    <message>
        <source>The ball moves against a mixture of the plain gradient and the average.</source>
        <translation>小球沿当前梯度与均值的混合的反方向移动。</translation>
    </message>
    <message>
        <source>The ball moves against it, by the share α.</source>
        <translation>小球沿其反方向移动，乘以 α。</translation>
    </message>
    <message>
        <source>The ball moves against the average gradient, each axis divided by its largest recent one.</source>
        <translation>小球沿平均梯度的反方向移动，每个坐标除以近期最大的梯度。</translation>
    </message>
    <message>
        <source>The ball moves against the average gradient, each axis divided by its recent size.</source>
        <translation>小球沿平均梯度的反方向移动，每个坐标除以梯度近期的大小。</translation>
    </message>
    <message>
        <source>The ball moves against the gradient to be expected, each axis divided by its recent size.</source>
        <translation>小球沿预期梯度的反方向移动，每个坐标除以梯度近期的大小。</translation>
    </message>
    <message>
        <source>The ball moves against the gradient, by that rate.</source>
        <translation>小球按这个步长沿梯度的反方向移动。</translation>
    </message>
    <message>
        <source>The ball moves against the gradient, by the share η of it.</source>
        <translation>小球沿梯度的反方向移动，乘以 η。</translation>
    </message>
    <message>
        <source>The ball moves along the line, by the rate that was found.</source>
        <translation>小球沿这条直线按找到的步长移动。</translation>
    </message>
    <message>
        <source>The ball moves as Adam&apos;s, and is pulled a little towards 0.</source>
        <translation>小球像 Adam 那样移动，并被稍稍拉向 0。</translation>
    </message>
    <message>
        <source>The ball moves as Adam&apos;s, shortened as far as v cannot be trusted.</source>
        <translation>小球像 Adam 那样移动，并按 v 的不可信程度缩短。</translation>
    </message>
    <message>
        <source>The ball moves as Adam&apos;s, with a share of the newest gradient in both averages.</source>
        <translation>小球像 Adam 那样移动，但两个均值中都混入一部分最新的梯度。</translation>
    </message>
    <message>
        <source>The ball moves by its velocity.</source>
        <translation>小球按速度移动。</translation>
    </message>
    <message>
        <source>The ball moves by the mean of the three, times η.</source>
        <translation>小球按三者的均值乘以 η 移动。</translation>
    </message>
    <message>
        <source>The ball moves by the step, times η.</source>
        <translation>小球按这一步乘以 η 移动。</translation>
    </message>
    <message>
        <source>The ball moves by the velocity it will have at the next step, so it sees turns sooner.</source>
        <translation>小球按下一步将有的速度移动，因此能更早察觉转弯。</translation>
    </message>
    <message>
        <source>The ball moves far where gradients are as expected, and little where they surprise.</source>
        <translation>梯度合乎预期时小球移动得多，出乎意料时移动得少。</translation>
    </message>
    <message>
        <source>The bottom is so flat that slopes fade: SGD slows down more and more, RMSProp keeps its pace.</source>
        <translation>碗底太平，坡度渐渐消失：SGD 越走越慢，RMSProp 仍保持步速。</translation>
    </message>
    <message>
        <source>The bowl under the dents is so shallow that each ball simply stays in a dent nearby.</source>
        <translation>小坑之下的碗太浅，每个小球都只停在附近的坑里。</translation>
    </message>
    <message>
        <source>The classes must be whole numbers from 0 to {most}.</source>
        <translation>类别必须是 0 至 {most} 的整数。</translation>
    </message>
    <message>
        <source>The command was not understood: {message}.</source>
        <translation>无法理解这条命令：{message}。</translation>
    </message>
    <message>
        <source>The cosine of the angle between update and −∇f: 1 is straight downhill, below 0 is uphill</source>
        <translation>更新方向与 −∇f 夹角的余弦：1 为最速下降，小于 0 为上坡</translation>
    </message>
    <message>
        <source>The curvature is fifty times as large along y as along x, so a rate that y can bear is small for x. With the best rate for each, Momentum is several times as fast as SGD.</source>
        <translation>y 方向的曲率是 x 方向的 50 倍，y 能承受的学习率对 x 来说太小。各取最好的学习率时，动量法比 SGD 快好几倍。</translation>
    </message>
    <message>
        <source>The derivatives of this formula grow too large; multiply fewer factors.</source>
        <translation>该公式的导数过于庞大，请减少相乘的因子。</translation>
    </message>
    <message>
        <source>The direction is Adam&apos;s, with a pull towards 0.</source>
        <translation>方向与 Adam 相同，另加一个拉向 0 的力。</translation>
    </message>
    <message>
        <source>The direction leads to the lowest point as far as H knows.</source>
        <translation>就 H 所知，这个方向通向最低点。</translation>
    </message>
    <message>
        <source>The direction leads to the lowest point of the parabola that touches the surface here.</source>
        <translation>这个方向通向在此处与曲面相切的抛物面的最低点。</translation>
    </message>
    <message>
        <source>The disk is full: “{path}” was not written; make room or choose another one.</source>
        <translation>磁盘已满，未能写入“{path}”；请腾出空间或换一个磁盘。</translation>
    </message>
    <message>
        <source>The distance to the nearest known minimum</source>
        <translation>到最近的已知极小值点的距离</translation>
    </message>
    <message>
        <source>The domain from {low:g} to {high:g} is too thin or too wide to draw.</source>
        <translation>范围 {low:g} 到 {high:g} 太窄或太宽，无法绘制。</translation>
    </message>
    <message>
        <source>The domain needs four finite numbers: x from, x to, y from, y to.</source>
        <translation>绘图范围需要四个有限的数：x 的下限和上限，y 的下限和上限。</translation>
    </message>
    <message>
        <source>The domain&apos;s lower end {low:g} must be below its upper end {high:g}.</source>
        <translation>下限 {low:g} 应小于上限 {high:g}。</translation>
    </message>
    <message>
        <source>The equations of the step, with its numbers</source>
        <translation>这一步的公式及其数值</translation>
    </message>
    <message>
        <source>The experiment in words, with all hyperparameters</source>
        <translation>用文字说明实验条件，包括全部超参数</translation>
    </message>
    <message>
        <source>The faint trail is SGD at 0.95. At step 12 a branch goes on at 0.5: the zigzag is gone at once, and half of the pace along the valley with it.</source>
        <translation>淡色轨迹是学习率为 0.95 的 SGD。分支从第 12 步起改用 0.5：之字形立刻消失，但沿山谷前进的速度也只剩一半。</translation>
    </message>
    <message>
        <source>The features of all examples must be finite numbers.</source>
        <translation>所有样本的特征都必须是有限的数。</translation>
    </message>
    <message>
        <source>The field “{name}” needs a default that is a number, true or false, to be a hyperparameter.</source>
        <translation>字段“{name}”要作为超参数，默认值须是数、true 或 false。</translation>
    </message>
    <message>
        <source>The figure is too small for its text; make it larger, or the text smaller.</source>
        <translation>图太小，容不下这样大的文字；请加大图的尺寸，或减小文字。</translation>
    </message>
    <message>
        <source>The first hollow on the way is a false one: only momentum rolls on into the deepest.</source>
        <translation>途中的第一个凹地并非最深：只有动量法继续滚进最深处。</translation>
    </message>
    <message>
        <source>The first line of “{file}” must give every column a name of its own, not “{name}”.</source>
        <translation>“{file}”的首行必须为每一列给出各不相同的名称，而不是“{name}”。</translation>
    </message>
    <message>
        <source>The first line of “{file}” must name 2 to {most} columns, with commas between them.</source>
        <translation>“{file}”的首行必须给出 2 至 {most} 个列名，以逗号分隔。</translation>
    </message>
    <message>
        <source>The first step of each axis has the length d₀.</source>
        <translation>每个坐标的第一步长度为 d₀。</translation>
    </message>
    <message>
        <source>The first step within the tolerance</source>
        <translation>首次进入容差范围的步数</translation>
    </message>
    <message>
        <source>The first velocity forgets fast: it follows the slope.</source>
        <translation>第一个速度忘得快：它紧跟坡度。</translation>
    </message>
    <message>
        <source>The folder “{folder}” does not exist; choose another one.</source>
        <translation>文件夹“{folder}”不存在；请另选一个。</translation>
    </message>
    <message>
        <source>The formula ends where a number, x, y or “(” should follow.</source>
        <translation>公式不完整：后面还应有数、x、y 或“(”。</translation>
    </message>
    <message>
        <source>The formula has no parameter “{name}”.</source>
        <translation>公式中没有参数“{name}”。</translation>
    </message>
    <message>
        <source>The formula is empty; write one in x and y, such as x^2/20 + y^2.</source>
        <translation>公式为空；请写一个关于 x 和 y 的公式，例如 x^2/20 + y^2。</translation>
    </message>
    <message>
        <source>The formula is longer than {most} characters.</source>
        <translation>公式超过了 {most} 个字符。</translation>
    </message>
    <message>
        <source>The formula needs x or y in it.</source>
        <translation>公式中应含有 x 或 y。</translation>
    </message>
    <message>
        <source>The fourth power makes walls so steep that SGD must take a small rate, too small for the floor.</source>
        <translation>四次方使谷壁极陡，SGD 只能用很小的学习率，到了谷底便嫌太小。</translation>
    </message>
    <message>
        <source>The gradient is taken there, not where the ball is.</source>
        <translation>梯度取自那里，而不是小球所在处。</translation>
    </message>
    <message>
        <source>The gradient, divided by its usual length, pushes the velocity; its direction stays as it is.</source>
        <translation>梯度除以它通常的长度后推动速度，方向不变。</translation>
    </message>
    <message>
        <source>The grid has {wanted} points, not the shape {shape}.</source>
        <translation>网格有 {wanted} 个点，而不是形状 {shape}。</translation>
    </message>
    <message>
        <source>The image is on the clipboard</source>
        <translation>图像已复制到剪贴板</translation>
    </message>
    <message>
        <source>The images in “{file}” have {height} × {width} pixels, those of the other file {others}.</source>
        <translation>“{file}”中的图像为 {height} × {width} 像素，而另一个文件中的为 {others}。</translation>
    </message>
    <message>
        <source>The images in “{file}” have {height} × {width} pixels; from 1 to {most} a side can be read.</source>
        <translation>“{file}”中的图像为 {height} × {width} 像素；每边只能读取 1 至 {most} 像素。</translation>
    </message>
    <message>
        <source>The images of “{part}” are missing in “{folder}”; there are only their labels.</source>
        <translation>“{folder}”中缺少“{part}”的图像；只有标签。</translation>
    </message>
    <message>
        <source>The initial weights are {names} or a standard deviation from 0 to 1000000, not “{value}”.</source>
        <translation>权重初始值可以是 {names}，或 0 至 1000000 的标准差，而不是“{value}”。</translation>
    </message>
    <message>
        <source>The known minimum that it has converged to</source>
        <translation>所收敛到的已知极小值点</translation>
    </message>
    <message>
        <source>The labels of “{part}” are missing in “{folder}”: each file of images needs its labels.</source>
        <translation>“{folder}”中缺少“{part}”的标签：每个图像文件都需要对应的标签。</translation>
    </message>
    <message>
        <source>The largest average so far is kept, so that rates never rise again.</source>
        <translation>保留迄今最大的滑动平均，使学习率不再回升。</translation>
    </message>
    <message>
        <source>The largest recent gradient of each axis fades slowly, until a larger one comes.</source>
        <translation>每个坐标近期最大的梯度缓慢衰减，直到出现更大的。</translation>
    </message>
    <message>
        <source>The last frame of a film stands 0 to {most:g} seconds.</source>
        <translation>影片的最后一帧可停留 0 至 {most:g} 秒。</translation>
    </message>
    <message>
        <source>The last k pairs stand for an estimate of the inverse Hessian, which is never written down.</source>
        <translation>最近 k 对向量代表了对海森矩阵之逆的估计，矩阵本身从不写出。</translation>
    </message>
    <message>
        <source>The last step.</source>
        <translation>上一步的位移。</translation>
    </message>
    <message>
        <source>The learning rate at every update</source>
        <translation>每次更新的学习率</translation>
    </message>
    <message>
        <source>The length of the gradient that the optimizer saw</source>
        <translation>优化器所见梯度的长度</translation>
    </message>
    <message>
        <source>The length of the path so far</source>
        <translation>到此步为止走过的路程</translation>
    </message>
    <message>
        <source>The length of the update about to be made</source>
        <translation>即将进行的更新的长度</translation>
    </message>
    <message>
        <source>The loss is not finite at {count} of {all} points of the plane; take a smaller part of it.</source>
        <translation>平面上 {all} 个点中有 {count} 个点的损失不是有限的数；请取较小的一部分。</translation>
    </message>
    <message>
        <source>The loss surface that the optimizers descend</source>
        <translation>优化器要在其上下降的损失曲面</translation>
    </message>
    <message>
        <source>The loss surface; its formula is in the panel Surface</source>
        <translation>损失曲面；公式在“损失曲面”面板中</translation>
    </message>
    <message>
        <source>The loss, above the lowest one if that is known</source>
        <translation>损失；最小值已知时为与最小值之差</translation>
    </message>
    <message>
        <source>The lowest hollow is far out in a corner, and the next best ones lie far away from it.</source>
        <translation>最低的凹地远在一角，而次低的几个又离它很远。</translation>
    </message>
    <message>
        <source>The lowest loss of all at this step</source>
        <translation>这一步损失最小</translation>
    </message>
    <message>
        <source>The lowest loss so far</source>
        <translation>到此步为止的最低损失</translation>
    </message>
    <message>
        <source>The luck of the draw</source>
        <translation>抽样的运气</translation>
    </message>
    <message>
        <source>The map has no part “{name}”; choose one of {names}.</source>
        <translation>地图没有“{name}”这一部分，可选：{names}。</translation>
    </message>
    <message>
        <source>The map still shows the last formula that was right.</source>
        <translation>图中仍是上一个正确的公式。</translation>
    </message>
    <message>
        <source>The median of {count} balls; the middle half lies from {low} to {high}</source>
        <translation>{count} 个小球的中位数；中间一半介于 {low} 与 {high} 之间</translation>
    </message>
    <message>
        <source>The momentum of the next step, for the look ahead.</source>
        <translation>下一步的动量系数，用于前瞻。</translation>
    </message>
    <message>
        <source>The momentum of this step: it warms up slowly to β₁.</source>
        <translation>这一步的动量系数：它缓慢预热到 β₁。</translation>
    </message>
    <message>
        <source>The network has no parameters “{name}”; it has {names}.</source>
        <translation>该网络没有参数“{name}”；它有 {names}。</translation>
    </message>
    <message>
        <source>The network has the hidden layers 1 to {most}, not {k}.</source>
        <translation>该网络的隐藏层为第 1 至第 {most} 层，没有第 {k} 层。</translation>
    </message>
    <message>
        <source>The network has {count:,} parameters; take smaller layers, {most:,} are the most.</source>
        <translation>该网络有 {count:,} 个参数；最多 {most:,} 个，请减小各层。</translation>
    </message>
    <message>
        <source>The network has {inputs} inputs and {outputs} classes, the data {features} and {classes}; let the sizes begin and end with those.</source>
        <translation>该网络有 {inputs} 个输入和 {outputs} 个类别，而数据有 {features} 个特征和 {classes} 个类别；请让网络的大小以此开头和结尾。</translation>
    </message>
    <message>
        <source>The network has {inputs} inputs; the data has the shape {shape}.</source>
        <translation>该网络有 {inputs} 个输入；而数据的形状为 {shape}。</translation>
    </message>
    <message>
        <source>The number of iterations must be a whole number from {least} to {most}.</source>
        <translation>迭代次数必须是 {least} 至 {most} 的整数。</translation>
    </message>
    <message>
        <source>The number of samples must be a whole number from 1 to 100000.</source>
        <translation>样本数必须是 1 至 100000 的整数。</translation>
    </message>
    <message>
        <source>The number of seeds must be a whole number from 1 to {most}.</source>
        <translation>种子个数须是 1 到 {most} 的整数。</translation>
    </message>
    <message>
        <source>The number of steps must be a whole number from 1 to {most}.</source>
        <translation>步数应为 1 到 {most} 的整数。</translation>
    </message>
    <message>
        <source>The number of steps must be a whole number.</source>
        <translation>步数应为整数。</translation>
    </message>
    <message>
        <source>The number of trials must be a whole number from 1 to {most}.</source>
        <translation>试验次数必须是 1 至 {most} 的整数。</translation>
    </message>
    <message>
        <source>The parameter {name} needs finite numbers.</source>
        <translation>参数 {name} 须是有限的数。</translation>
    </message>
    <message>
        <source>The parameters “{name}” have the shape {shape}; the network needs {wanted}.</source>
        <translation>参数“{name}”的形状为 {shape}；网络需要 {wanted}。</translation>
    </message>
    <message>
        <source>The parameters “{name}” must be finite numbers.</source>
        <translation>参数“{name}”必须是有限的数。</translation>
    </message>
    <message>
        <source>The parameters “{name}” of the network are missing.</source>
        <translation>缺少网络的参数“{name}”。</translation>
    </message>
    <message>
        <source>The paths vary in fewer than two directions; let them make more updates.</source>
        <translation>轨迹的变化不足两个方向；请增加更新次数。</translation>
    </message>
    <message>
        <source>The plane is far too wide: at its edge weights are {ratio:.0f} times theirs; take a smaller part.</source>
        <translation>平面范围过大：其边缘处的权重是原权重的 {ratio:.0f} 倍；请取较小的一部分。</translation>
    </message>
    <message>
        <source>The plane is far too wide: every path fits between two points of its grid; take a smaller part.</source>
        <translation>平面范围过大：每条轨迹都落在两个网格点之间；请取较小的一部分。</translation>
    </message>
    <message>
        <source>The plug-in “{name}” cannot be loaded: {error}.</source>
        <translation>无法加载插件“{name}”：{error}。</translation>
    </message>
    <message>
        <source>The range of {name} must begin below its end, not at {low:g} and {high:g}.</source>
        <translation>{name} 的范围左端须小于右端，不能是 {low:g} 到 {high:g}。</translation>
    </message>
    <message>
        <source>The range of {name} needs two numbers above 0 that rise, not {low:g} and {high:g}.</source>
        <translation>{name} 的范围需要两个大于 0 且递增的数，而不是 {low:g} 和 {high:g}。</translation>
    </message>
    <message>
        <source>The rate is such that the step would reach the lowest loss, were the slope to stay as it is.</source>
        <translation>这个步长使得：若坡度保持不变，一步便到达最低损失。</translation>
    </message>
    <message>
        <source>The rate is the inverse of the mean curvature along the last step.</source>
        <translation>步长是沿上一步的平均曲率的倒数。</translation>
    </message>
    <message>
        <source>The rates 1, τ, τ² … are tried until the loss falls by at least this much.</source>
        <translation>依次尝试步长 1、τ、τ²……，直到损失至少下降这么多。</translation>
    </message>
    <message>
        <source>The rates η₀, τη₀, τ²η₀ … are tried until the loss falls by at least this much.</source>
        <translation>依次尝试步长 η₀、τη₀、τ²η₀……，直到损失至少下降这么多。</translation>
    </message>
    <message>
        <source>The resolution must be a number from 10 to 4800 dots to the inch.</source>
        <translation>分辨率必须是 10 到 4800（点/英寸）之间的数。</translation>
    </message>
    <message>
        <source>The results are on the clipboard</source>
        <translation>结果已复制到剪贴板</translation>
    </message>
    <message>
        <source>The rule as it is programmed, with the values of this step</source>
        <translation>更新规则的程序，以及这一步的数值</translation>
    </message>
    <message>
        <source>The same seed gives the same noise again</source>
        <translation>相同的种子给出相同的噪声</translation>
    </message>
    <message>
        <source>The second velocity remembers longer.</source>
        <translation>第二个速度记得更久。</translation>
    </message>
    <message>
        <source>The seed must be a whole number from 0 to {most}.</source>
        <translation>种子须是 0 到 {most} 的整数。</translation>
    </message>
    <message>
        <source>The share for testing must be at least 0 and below 1, not {share}.</source>
        <translation>测试集比例必须不小于 0 且小于 1，而不是 {share}。</translation>
    </message>
    <message>
        <source>The share for validation must be between 0 and 1, not {share}.</source>
        <translation>验证集比例必须在 0 与 1 之间，而不是 {share}。</translation>
    </message>
    <message>
        <source>The share string is on the clipboard</source>
        <translation>分享字符串已复制到剪贴板</translation>
    </message>
    <message>
        <source>The size of the text must be a number from 2 to 200 points.</source>
        <translation>文字大小必须是 2 到 200（磅）之间的数。</translation>
    </message>
    <message>
        <source>The sizes of a network are 2 to {layers} whole numbers from 1 to {units}: inputs, hidden layers, classes, such as {example}.</source>
        <translation>网络的大小由 2 至 {layers} 个整数给出，每个为 1 至 {units}：输入、各隐藏层、类别，例如 {example}。</translation>
    </message>
    <message>
        <source>The slope counts as it is.</source>
        <translation>坡度按原样计入。</translation>
    </message>
    <message>
        <source>The slope does not fade towards the minimum, so at a constant rate SGD hops across the kink for ever. With a falling rate, or with Rprop&apos;s steps that shrink at each change of sign, the hops die out.</source>
        <translation>越靠近最小值坡度也不减小，所以学习率固定的 SGD 在折痕两侧跳个不停。学习率逐渐下降，或者像 Rprop 那样每次变号就缩小步长，跳动才会消失。</translation>
    </message>
    <message>
        <source>The slope hardly changes here, yet AdaGrad&apos;s steps shrink like 1/√t, for it adds up all squared gradients and forgets none. RMSProp forgets, keeps its pace, and overtakes at the bookmark.</source>
        <translation>这里的坡度几乎不变，AdaGrad 的步长却按 1/√t 缩小，因为它把所有梯度的平方累加起来，从不忘记。RMSProp 会忘记，保持速度，在书签处超了过去。</translation>
    </message>
    <message>
        <source>The slope never fades, so SGD at a fixed rate hops across the kink for ever; AdaGrad settles.</source>
        <translation>坡度始终不减，学习率固定的 SGD 在折痕两侧跳个不停；AdaGrad 则能停下来。</translation>
    </message>
    <message>
        <source>The slope of this axis has kept its sign: the step grows.</source>
        <translation>这个坐标的坡度没有变号：步长增大。</translation>
    </message>
    <message>
        <source>The slope of this axis has turned, so a minimum was leapt over: the step shrinks.</source>
        <translation>这个坐标的坡度变了号，说明跃过了极小点：步长缩小。</translation>
    </message>
    <message>
        <source>The source of this method is not at hand.</source>
        <translation>找不到这个方法的源代码。</translation>
    </message>
    <message>
        <source>The square of each part of the gradient is added up; nothing is forgotten.</source>
        <translation>把梯度每个分量的平方累加起来，什么都不忘记。</translation>
    </message>
    <message>
        <source>The square of the gradient to be expected next is averaged for each axis.</source>
        <translation>对每个坐标，把下一步预期梯度的平方做滑动平均。</translation>
    </message>
    <message>
        <source>The squared gradient is averaged for each axis; old gradients are forgotten.</source>
        <translation>对每个坐标的梯度平方做滑动平均，旧梯度逐渐被忘掉。</translation>
    </message>
    <message>
        <source>The squared length of the gradient, for a start.</source>
        <translation>起初取梯度长度的平方。</translation>
    </message>
    <message>
        <source>The squared length of the whole gradient is averaged: one number for both axes.</source>
        <translation>对整个梯度长度的平方做滑动平均：两个坐标共用一个数。</translation>
    </message>
    <message>
        <source>The squared step is averaged, for the next step.</source>
        <translation>对步长的平方做滑动平均，留给下一步用。</translation>
    </message>
    <message>
        <source>The start is only a thousandth beside the line that leads into the saddle at (0, 0). SGD and Momentum are drawn in first; RMSProp and Adam, whose steps hardly depend on the slope, turn away at once.</source>
        <translation>起点离通向鞍点 (0, 0) 的直线只有千分之一。SGD 和动量法先被吸过去；RMSProp 和 Adam 的步长几乎与坡度无关，立刻转开。</translation>
    </message>
    <message>
        <source>The step is as long as the share α of the weights&apos; own length.</source>
        <translation>步长是权重自身长度的 α 倍。</translation>
    </message>
    <message>
        <source>The step is as long as the steps before, for a gradient of usual size.</source>
        <translation>梯度大小如常时，这一步与之前的步一样长。</translation>
    </message>
    <message>
        <source>The steps at which a run changes must be whole numbers from 1 to {most} that rise.</source>
        <translation>改变超参数的步数必须是从 1 到 {most} 依次递增的整数。</translation>
    </message>
    <message>
        <source>The surface curves upwards in no direction here, so there is no limit to the rate.</source>
        <translation>这里的曲面在任何方向上都不向上弯，所以学习率没有上限。</translation>
    </message>
    <message>
        <source>The surface cut along a line through the ball. Red is the tangent, dashed the parabola that touches the surface at the ball; the faint ball is where the step leads.</source>
        <translation>沿过小球的一条直线剖开曲面。红线是切线，虚线是在小球处与曲面相切的抛物线；浅色小球是这一步将到达的位置。</translation>
    </message>
    <message>
        <source>The system has ended this work before it was done, perhaps for want of memory; try something smaller.</source>
        <translation>系统中途结束了这项工作，可能是内存不足；请尝试规模较小的。</translation>
    </message>
    <message>
        <source>The system library {library} is missing, which Qt needs; install it, on Debian and Ubuntu with: sudo apt install {packages}</source>
        <translation>缺少 Qt 所需的系统库 {library}；请安装它，在 Debian 和 Ubuntu 上可运行：sudo apt install {packages}</translation>
    </message>
    <message>
        <source>The third velocity remembers longest and rolls on.</source>
        <translation>第三个速度记得最久，会继续滚动。</translation>
    </message>
    <message>
        <source>The training has come to iteration {last}; {t} is not there yet.</source>
        <translation>训练进行到第 {last} 次迭代；尚未到第 {t} 次。</translation>
    </message>
    <message>
        <source>The treads are almost level: SGD and momentum stay on the top one, Adam walks down all steps.</source>
        <translation>台阶面几乎水平：SGD 和动量法停在最高一级，Adam 则走完所有台阶。</translation>
    </message>
    <message>
        <source>The true loss, without noise</source>
        <translation>不含噪声的真实损失</translation>
    </message>
    <message>
        <source>The valley leads all balls to a false minimum; the true one lies behind a high ridge.</source>
        <translation>山谷把所有小球引向一个局部最小值；全局最小值在高高的山脊背后。</translation>
    </message>
    <message>
        <source>The valley lies askew, so a rate for each axis does not help Adam. Newton knows the curvature and is there in one step; conjugate gradient and L-BFGS learn it on the way and need a few.</source>
        <translation>山谷是斜的，每个坐标各有学习率也帮不了 Adam。牛顿法知道曲率，一步就到；CG 和 L-BFGS 边走边学，只要几步。</translation>
    </message>
    <message>
        <source>The valley turns again and again: momentum keeps its speed through the bends and gets farthest.</source>
        <translation>山谷一弯接一弯：动量法过弯时保持速度，走得最远。</translation>
    </message>
    <message>
        <source>The velocity keeps the share α of what it was, and the slope pushes it downhill.</source>
        <translation>速度保留原来的 α 倍，再被坡度推向下坡方向。</translation>
    </message>
    <message>
        <source>The weight of what the last step has taught.</source>
        <translation>上一步所得信息的权重。</translation>
    </message>
    <message>
        <source>The weights {name} are not finite numbers, so there is no plane through them.</source>
        <translation>权重 {name} 不是有限的数，因此没有通过它们的平面。</translation>
    </message>
    <message>
        <source>There are batches for {given} iterations, not for {iterations}; leave out their number.</source>
        <translation>给出的批次对应 {given} 次迭代，而不是 {iterations} 次；请省略迭代次数。</translation>
    </message>
    <message>
        <source>There are no examples to train with; take more of them, or fewer for testing.</source>
        <translation>没有可用于训练的样本；请增加样本，或减少测试样本。</translation>
    </message>
    <message>
        <source>There are {labels} classes given for {examples} examples; each needs one.</source>
        <translation>{examples} 个样本给出了 {labels} 个类别；每个样本都需要一个。</translation>
    </message>
    <message>
        <source>There is no activation “{name}”; choose one of {names}.</source>
        <translation>没有名为“{name}”的激活函数；请从 {names} 中选择。</translation>
    </message>
    <message>
        <source>There is no chart of “{name}”; choose one of {names}.</source>
        <translation>没有“{name}”的曲线图，可选：{names}。</translation>
    </message>
    <message>
        <source>There is no colour map “{name}”; choose one of {names}.</source>
        <translation>没有名为“{name}”的配色，可选：{names}。</translation>
    </message>
    <message>
        <source>There is no data “{name}”; choose one of {names}.</source>
        <translation>没有名为“{name}”的数据；请从 {names} 中选择。</translation>
    </message>
    <message>
        <source>There is no example “{name}”; choose one of {names}.</source>
        <translation>没有名为“{name}”的示例；请从 {names} 中选择。</translation>
    </message>
    <message>
        <source>There is no floor: SGD shoots off ever faster, the adaptive methods walk down at a steady pace.</source>
        <translation>下方没有底：SGD 越跑越快，一去不返；自适应方法则稳步下行。</translation>
    </message>
    <message>
        <source>There is no format “{name}”; choose one of {names}.</source>
        <translation>没有名为“{name}”的格式，可选：{names}。</translation>
    </message>
    <message>
        <source>There is no menu “{name}”; choose one of {names}.</source>
        <translation>没有名为“{name}”的菜单，可选：{names}。</translation>
    </message>
    <message>
        <source>There is no noise “{name}”; choose one of {names}.</source>
        <translation>没有名为“{name}”的噪声，可选：{names}。</translation>
    </message>
    <message>
        <source>There is no optimizer yet. Add one to begin.</source>
        <translation>还没有优化器，请先添加一个。</translation>
    </message>
    <message>
        <source>There is no optimizer “{name}”; choose one of {names}.</source>
        <translation>没有名为“{name}”的优化器；可选：{names}。</translation>
    </message>
    <message>
        <source>There is no place “{name}” for a legend; choose one of {names}.</source>
        <translation>图例没有“{name}”这一位置，可选：{names}。</translation>
    </message>
    <message>
        <source>There is no room for so many charts; take fewer, a larger figure, or smaller text.</source>
        <translation>放不下这么多曲线图；请减少数量、加大图的尺寸，或减小文字。</translation>
    </message>
    <message>
        <source>There is no room for so many maps; take a larger figure, smaller text, or leave out charts.</source>
        <translation>放不下这么多等高线图；请加大图的尺寸、减小文字，或去掉曲线图。</translation>
    </message>
    <message>
        <source>There is no room for the map; take a larger figure, smaller text, or fewer things beside it.</source>
        <translation>放不下等高线图；请加大图的尺寸、减小文字，或减少旁边的内容。</translation>
    </message>
    <message>
        <source>There is no schedule “{name}”; choose one of {names}.</source>
        <translation>没有名为“{name}”的学习率调度，可选：{names}。</translation>
    </message>
    <message>
        <source>There is no screen to open a window on; to draw a figure without one, add to this command: render -o figure.png</source>
        <translation>没有可以打开窗口的屏幕；若要直接绘制图像，请在此命令后加上：render -o figure.png</translation>
    </message>
    <message>
        <source>There is no share string on the clipboard</source>
        <translation>剪贴板上没有分享字符串</translation>
    </message>
    <message>
        <source>There is no size “{name}”; choose one of {names}.</source>
        <translation>没有名为“{name}”的尺寸，可选：{names}。</translation>
    </message>
    <message>
        <source>There is no standard output to write to; name a file with -o.</source>
        <translation>没有可写的标准输出；请用 -o 指定文件。</translation>
    </message>
    <message>
        <source>There is no surface “{name}”; choose one of {names}, or give a formula in x and y.</source>
        <translation>没有名为“{name}”的曲面；可选：{names}，也可以写一个关于 x 和 y 的公式。</translation>
    </message>
    <message>
        <source>There is no theme “{name}”; choose one of {names}.</source>
        <translation>没有名为“{name}”的主题，可选：{names}。</translation>
    </message>
    <message>
        <source>There is no unit “{name}”; choose one of {names}.</source>
        <translation>没有名为“{name}”的单位，可选：{names}。</translation>
    </message>
    <message>
        <source>There is not enough memory for this film; choose a smaller one.</source>
        <translation>内存不足，无法制作这部影片；请选择较小的尺寸。</translation>
    </message>
    <message>
        <source>There is not enough memory for this image; choose a smaller one.</source>
        <translation>内存不足以生成这幅图像；请选择较小的尺寸。</translation>
    </message>
    <message>
        <source>There is not enough memory for this; ask for less, such as fewer steps or balls.</source>
        <translation>内存不足；请减少规模，例如减少步数或小球数量。</translation>
    </message>
    <message>
        <source>There is not enough memory for this; choose something smaller.</source>
        <translation>内存不足，请选择规模较小的。</translation>
    </message>
    <message>
        <source>There is nothing to run; name at least one optimizer.</source>
        <translation>没有要运行的优化器；请至少指定一个。</translation>
    </message>
    <message>
        <source>This bracket is never closed.</source>
        <translation>这个括号没有闭合。</translation>
    </message>
    <message>
        <source>This divides by zero.</source>
        <translation>这里除以了零。</translation>
    </message>
    <message>
        <source>This document is damaged at line {line}.</source>
        <translation>文件在第 {line} 行损坏。</translation>
    </message>
    <message>
        <source>This document is damaged: a part is missing or not what it should be.</source>
        <translation>文件已损坏：有内容缺失或不正确。</translation>
    </message>
    <message>
        <source>This document is damaged: “{part}” is missing.</source>
        <translation>文件已损坏：缺少“{part}”。</translation>
    </message>
    <message>
        <source>This document is damaged: “{part}” is not what it should be.</source>
        <translation>文件已损坏：“{part}”的内容不正确。</translation>
    </message>
    <message>
        <source>This file has the numbers of a race. Open the scenario or the image that they were made from.</source>
        <translation>这个文件只包含一次竞赛的数据。请打开生成这些数据的实验文件或图像。</translation>
    </message>
    <message>
        <source>This film would have {frames:,} frames; make it shorter or faster, for {most:,} are the most.</source>
        <translation>这部影片将有 {frames:,} 帧，最多为 {most:,} 帧；请缩短影片或加快速度。</translation>
    </message>
    <message>
        <source>This formula is not a finite real number.</source>
        <translation>这个公式的值不是有限的实数。</translation>
    </message>
    <message>
        <source>This is not a document of OptiSim.</source>
        <translation>这不是 OptiSim 的文件。</translation>
    </message>
    <message>
        <source>This is not a share string of OptiSim; it begins with “optisim:”, then letters and digits.</source>
        <translation>这不是 OptiSim 的分享字符串；它以“optisim:”开头，后接字母和数字。</translation>
    </message>
    <message>
        <source>This is too large to be a document of OptiSim.</source>
        <translation>内容太大，不可能是 OptiSim 的文件。</translation>
    </message>
    <message>
        <source>This line computes {symbol}.</source>
        <translation>这一行计算 {symbol}。</translation>
    </message>
    <message>
        <source>This number is too large.</source>
        <translation>这个数太大了。</translation>
    </message>
    <message>
        <source>This part grows too large; use smaller exponents or nest less.</source>
        <translation>这一部分展开后太大；请用较小的指数或减少嵌套。</translation>
    </message>
    <message>
        <source>This part is not a finite real number.</source>
        <translation>这一部分的值不是有限的实数。</translation>
    </message>
    <message>
        <source>This share string is damaged or incomplete; copy all of it once more.</source>
        <translation>这个分享字符串已损坏或不完整；请重新完整复制。</translation>
    </message>
    <message>
        <source>This was made by a newer OptiSim; update to open it.</source>
        <translation>这个文件由更新版本的 OptiSim 生成；请升级后再打开。</translation>
    </message>
    <message>
        <source>This was not done, for a reason that was not foreseen.</source>
        <translation>由于未预料到的原因，此操作没有完成。</translation>
    </message>
    <message>
        <source>This “)” has no opening bracket, or nothing stands before it.</source>
        <translation>这个“)”没有对应的左括号，或者它前面没有内容。</translation>
    </message>
    <message>
        <source>Three equal minima in a bent valley: balls from one start part and aim for different ones.</source>
        <translation>弯曲的山谷里有三个相等的最小值：小球从同一起点出发，却分头奔向不同的最小值。</translation>
    </message>
    <message>
        <source>Three ways down meet in a spot without slope or curvature: all linger there, then fall.</source>
        <translation>三条下坡路交汇于一点，该处坡度和曲率都为零：各方法先在此徘徊，然后落下。</translation>
    </message>
    <message>
        <source>Three-hump camel</source>
        <translation>三峰驼函数</translation>
    </message>
    <message>
        <source>Thrown off a cliff</source>
        <translation>被悬崖抛出</translation>
    </message>
    <message>
        <source>Tilted bowl</source>
        <translation>斜置的碗</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Tiny network</source>
        <translation>微型网络</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Title and sentence</source>
        <translation>标题与说明</translation>
    </message>
    <message>
        <source>To the &amp;end</source>
        <translation>到终点(&amp;E)</translation>
    </message>
    <message>
        <source>To the &amp;start</source>
        <translation>到起点(&amp;S)</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>容差</translation>
    </message>
    <message>
        <source>Trails</source>
        <translation>轨迹</translation>
    </message>
    <message>
        <source>Transparent</source>
        <translation>透明</translation>
    </message>
    <message>
        <source>Triangular cycles</source>
        <translation>三角循环</translation>
    </message>
    <message>
        <source>Turn κ up: the more stretched the bowl, the slower a single rate gets along.</source>
        <translation>把 κ 调大：碗拉得越长，单一的学习率就走得越慢。</translation>
    </message>
    <message>
        <source>Two columns, 180 mm</source>
        <translation>双栏，180 mm</translation>
    </message>
    <message>
        <source>Two linear layers with weight decay: balls pass the saddle at zero, and Adam lingers there longest.</source>
        <translation>两个线性层加权重衰减：小球经过原点处的鞍点，Adam 在那里停留最久。</translation>
    </message>
    <message>
        <source>Two weights in a row</source>
        <translation>串联的两个权重</translation>
    </message>
    <message>
        <source>Two weights that tell two clouds apart: steep where they are wrong, flat where right.</source>
        <translation>用两个权重区分两团点：分错的地方陡，分对的地方平。</translation>
    </message>
    <message>
        <source>Type a formula…</source>
        <translation>输入公式…</translation>
    </message>
    <message>
        <source>Type a number, such as {example}.</source>
        <translation>请输入一个数，例如 {example}。</translation>
    </message>
    <message>
        <source>Type a whole number from {least} to {most}.</source>
        <translation>请输入 {least} 到 {most} 之间的整数。</translation>
    </message>
    <message>
        <source>Type your own, such as sin(x) + x^2 y^2 / 10; the contours follow as soon as it can be read</source>
        <translation>可以输入自己的公式，例如 sin(x) + x^2 y^2 / 10；只要公式有效，等高线会立即更新</translation>
    </message>
    <message>
        <source>Undo or redo a change</source>
        <translation>撤销或重做一项更改</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>更新量</translation>
    </message>
    <message>
        <source>Uphill, at the distance ρ, the loss is worst nearby.</source>
        <translation>沿上坡方向走距离 ρ，就是附近损失最大的地方。</translation>
    </message>
    <message>
        <source>Usage: </source>
        <translation>用法：</translation>
    </message>
    <message>
        <source>Valleys</source>
        <translation>山谷</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Value of {name}</source>
        <translation>{name} 的值</translation>
    </message>
    <message>
        <source>Viridis</source>
        <translation>Viridis</translation>
    </message>
    <message>
        <source>W is (x, y), L is f, g is ∂L/∂W, t counts the updates; ′ marks the step before.</source>
        <translation>W 即 (x, y)，L 即 f，g 即 ∂L/∂W，t 为更新次数，′ 表示上一步。</translation>
    </message>
    <message>
        <source>Warm restarts</source>
        <translation>热重启</translation>
    </message>
    <message>
        <source>WebM, for the web</source>
        <translation>WebM，用于网页</translation>
    </message>
    <message>
        <source>Weight decay beside the slope</source>
        <translation>与坡度无关的权重衰减</translation>
    </message>
    <message>
        <source>Welcome to OptiSim</source>
        <translation>欢迎使用 OptiSim</translation>
    </message>
    <message>
        <source>What curvature is worth</source>
        <translation>曲率的价值</translation>
    </message>
    <message>
        <source>What disturbs the gradients that the optimizers see</source>
        <translation>优化器看到的梯度受到怎样的干扰</translation>
    </message>
    <message>
        <source>What has become of the ball by this step</source>
        <translation>小球到此步为止的情况</translation>
    </message>
    <message>
        <source>What is asked for is missing: one of {allowed}.</source>
        <translation>没有说明要列出什么：请从 {allowed} 中选一个。</translation>
    </message>
    <message>
        <source>What is remembered takes in less of it.</source>
        <translation>记忆中的均值只吸收较少的新梯度。</translation>
    </message>
    <message>
        <source>What is to be done? Type a few letters</source>
        <translation>要做什么？输入几个字即可查找</translation>
    </message>
    <message>
        <source>What of the beginning at 0 is still left in the average.</source>
        <translation>均值中还残留多少从 0 开始的影响。</translation>
    </message>
    <message>
        <source>What the method remembers</source>
        <translation>算法的记忆</translation>
    </message>
    <message>
        <source>What the surface is like at the ball, by the signs of its curvatures</source>
        <translation>按曲率的符号，小球处的曲面是什么形状</translation>
    </message>
    <message>
        <source>What to see</source>
        <translation>看点</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>滚轮</translation>
    </message>
    <message>
        <source>Where the line through the ball leads</source>
        <translation>过小球的剖线朝哪个方向</translation>
    </message>
    <message>
        <source>Where the slope has turned, this axis rests for a step.</source>
        <translation>坡度变号的坐标停一步不动。</translation>
    </message>
    <message>
        <source>Where the stairs are level the gradient all but vanishes, and SGD stands still. RMSProp and Adam divide by its size, and walk on.</source>
        <translation>台阶平坦处梯度几乎消失，SGD 停住不动。RMSProp 和 Adam 除以梯度的大小，继续往前走。</translation>
    </message>
    <message>
        <source>Where there is room</source>
        <translation>自动选择位置</translation>
    </message>
    <message>
        <source>Who escapes from the saddle?</source>
        <translation>谁能逃离鞍点？</translation>
    </message>
    <message>
        <source>Whose numbers are shown</source>
        <translation>显示哪个小球的数值</translation>
    </message>
    <message>
        <source>Why SGD zigzags</source>
        <translation>SGD 为什么走之字形</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Width and height must be positive numbers.</source>
        <translation>宽度和高度必须是正数。</translation>
    </message>
    <message>
        <source>Width × height</source>
        <translation>宽 × 高</translation>
    </message>
    <message>
        <source>Winding valley</source>
        <translation>蜿蜒的山谷</translation>
    </message>
    <message>
        <source>With the same rate and friction, Nesterov takes the slope where its speed is about to carry it. It brakes before the turn, so its swings die out sooner.</source>
        <translation>学习率和摩擦都相同，Nesterov 取的却是速度将要带它去的地方的坡度。它在转弯之前就减速，所以摆动更快消失。</translation>
    </message>
    <message>
        <source>Without any length of the weights, the step is that of the direction.</source>
        <translation>权重长度为 0 时，步长取方向本身的长度。</translation>
    </message>
    <message>
        <source>XOR</source>
        <translation>异或（XOR）</translation>
    </message>
    <message>
        <source>Your own</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>Your own name for this optimizer</source>
        <translation>给此优化器起的名字</translation>
    </message>
    <message>
        <source>Zakharov</source>
        <translation>Zakharov 函数</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <source>Zoom at the mouse; over an axis, that axis alone</source>
        <translation>以鼠标所在处为中心缩放；在坐标轴上则只缩放该轴</translation>
    </message>
    <message>
        <source>Zoom in, zoom out, reset the view</source>
        <translation>放大、缩小、恢复视图</translation>
    </message>
    <message>
        <source>a Python file with optimizers of your own, which is run; may be repeated</source>
        <translation>含有自定义优化器的 Python 文件，会被运行；可重复给出</translation>
    </message>
    <message>
        <source>a ball with inertia: it keeps rolling, and overshoots</source>
        <translation>有惯性的小球：会继续滚动，也会冲过头</translation>
    </message>
    <message>
        <source>a circle within another</source>
        <translation>一个圆套在另一个圆中</translation>
    </message>
    <message>
        <source>a figure as {figures}, or a film as {films}</source>
        <translation>图片为 {figures}，动画为 {films}</translation>
    </message>
    <message>
        <source>a map for each optimizer</source>
        <translation>每个优化器一幅图</translation>
    </message>
    <message>
        <source>a parameter of the surface&apos;s formula</source>
        <translation>曲面公式的参数</translation>
    </message>
    <message>
        <source>a scenario: a file, an exported image or film, a share string, or example:NAME</source>
        <translation>实验：文件、导出的图片或动画、分享字符串，或 example:名称</translation>
    </message>
    <message>
        <source>a start point; may be repeated</source>
        <translation>起点；可重复给出</translation>
    </message>
    <message>
        <source>a surface of the list, or a formula in x and y (bowl)</source>
        <translation>列表中的曲面，或关于 x 和 y 的公式（默认 bowl）</translation>
    </message>
    <message>
        <source>a title above</source>
        <translation>上方的标题</translation>
    </message>
    <message>
        <source>a usual size: {names} ({default})</source>
        <translation>常用尺寸：{names}（默认 {default}）</translation>
    </message>
    <message>
        <source>about {minutes} min left</source>
        <translation>约剩 {minutes} 分钟</translation>
    </message>
    <message>
        <source>about {seconds} s left</source>
        <translation>约剩 {seconds} 秒</translation>
    </message>
    <message>
        <source>add a start</source>
        <translation>添加起点</translation>
    </message>
    <message>
        <source>add {name}</source>
        <translation>添加 {name}</translation>
    </message>
    <message>
        <source>an optimizer as name:parameter=value,…, with a schedule as …@name:parameter=value,…; may be repeated</source>
        <translation>优化器，写作 名称:参数=值,…，可再接学习率调度 …@名称:参数=值,…；可重复给出</translation>
    </message>
    <message>
        <source>as JSON, with everything that is known</source>
        <translation>以 JSON 输出全部信息</translation>
    </message>
    <message>
        <source>at a local minimum</source>
        <translation>陷入局部极小</translation>
    </message>
    <message>
        <source>at the end</source>
        <translation>已到最后一步</translation>
    </message>
    <message>
        <source>at the start</source>
        <translation>在起点</translation>
    </message>
    <message>
        <source>averages velocities of short and long memory</source>
        <translation>对记忆长短不同的速度取平均</translation>
    </message>
    <message>
        <source>background and text: {names} ({default})</source>
        <translation>背景与文字：{names}（默认 {default}）</translation>
    </message>
    <message>
        <source>balls per start</source>
        <translation>每个起点的小球数</translation>
    </message>
    <message>
        <source>balls with noise of their own per start (1)</source>
        <translation>每个起点带有各自噪声的小球数（1）</translation>
    </message>
    <message>
        <source>begins as momentum, and becomes Adam when v can be trusted</source>
        <translation>开始时像动量法，等 v 可信之后变成 Adam</translation>
    </message>
    <message>
        <source>bias correction</source>
        <translation>偏差修正</translation>
    </message>
    <message>
        <source>bookmark</source>
        <translation>书签</translation>
    </message>
    <message>
        <source>bowl</source>
        <translation>碗</translation>
    </message>
    <message>
        <source>branch {name}</source>
        <translation>分支 {name}</translation>
    </message>
    <message>
        <source>centred: divide by the spread</source>
        <translation>中心化：除以梯度的离散程度</translation>
    </message>
    <message>
        <source>change {name}</source>
        <translation>更改 {name}</translation>
    </message>
    <message>
        <source>charts below the map instead</source>
        <translation>曲线图改放在下方</translation>
    </message>
    <message>
        <source>charts beside the map: {names}</source>
        <translation>图旁的曲线图：{names}</translation>
    </message>
    <message>
        <source>climbs and falls in straight lines, again and again</source>
        <translation>沿直线反复升降</translation>
    </message>
    <message>
        <source>climbs to the full rate, then falls to next to nothing by the end</source>
        <translation>先升到最大学习率，到结束时降到几乎为零</translation>
    </message>
    <message>
        <source>colour of {name}</source>
        <translation>{name} 的颜色</translation>
    </message>
    <message>
        <source>colours of the heights: {names} ({default})</source>
        <translation>高度的配色：{names}（默认 {default}）</translation>
    </message>
    <message>
        <source>compute trajectories, results or a script</source>
        <translation>计算轨迹、结果，或生成脚本</translation>
    </message>
    <message>
        <source>converged</source>
        <translation>已收敛</translation>
    </message>
    <message>
        <source>cosine waves one after the other: each restart can leap out of a hollow</source>
        <translation>一段接一段的余弦波：每次重启都可能跳出凹坑</translation>
    </message>
    <message>
        <source>damping</source>
        <translation>阻尼</translation>
    </message>
    <message>
        <source>distance downhill</source>
        <translation>下坡方向的距离</translation>
    </message>
    <message>
        <source>distance rolled</source>
        <translation>滚过的距离</translation>
    </message>
    <message>
        <source>diverged</source>
        <translation>已发散</translation>
    </message>
    <message>
        <source>diverged at step {step}</source>
        <translation>第 {step} 步发散</translation>
    </message>
    <message>
        <source>divisor of the rate</source>
        <translation>学习率的除数</translation>
    </message>
    <message>
        <source>dome</source>
        <translation>圆顶</translation>
    </message>
    <message>
        <source>draw a figure or a film without a screen</source>
        <translation>不用屏幕，绘制图片或动画</translation>
    </message>
    <message>
        <source>drops by a factor every so many updates</source>
        <translation>每隔若干次更新乘以一个系数</translation>
    </message>
    <message>
        <source>enlarge everything, lines and text too (1)</source>
        <translation>整体放大，包括线条和文字（默认 1）</translation>
    </message>
    <message>
        <source>examples in a batch</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>explores with another method and follows by a part of the way</source>
        <translation>先用另一种优化器试走几步，再朝那里走一段</translation>
    </message>
    <message>
        <source>factor after a turn</source>
        <translation>变号后的系数</translation>
    </message>
    <message>
        <source>factor at each update</source>
        <translation>每次更新的系数</translation>
    </message>
    <message>
        <source>factor of each drop</source>
        <translation>每次下降的系数</translation>
    </message>
    <message>
        <source>factor without a turn</source>
        <translation>未变号时的系数</translation>
    </message>
    <message>
        <source>fading with time (power)</source>
        <translation>随时间减弱的幂次</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>出错</translation>
    </message>
    <message>
        <source>failed at step {step}</source>
        <translation>第 {step} 步出错</translation>
    </message>
    <message>
        <source>falls along half a wave: gently, then fast, then gently to the end</source>
        <translation>沿半个波下降：先缓，后快，再缓缓到底</translation>
    </message>
    <message>
        <source>falls by the same factor at every update</source>
        <translation>每次更新乘以同一系数</translation>
    </message>
    <message>
        <source>falls like 1/t: slowly enough to arrive, fast enough to let noise average out</source>
        <translation>按 1/t 下降：慢得足以到达，又快得足以让噪声平均掉</translation>
    </message>
    <message>
        <source>falls to the end of the run, in a line or along a power</source>
        <translation>沿直线或幂函数降到运行结束</translation>
    </message>
    <message>
        <source>first rate tried</source>
        <translation>首先尝试的学习率</translation>
    </message>
    <message>
        <source>first step</source>
        <translation>第一步的步长</translation>
    </message>
    <message>
        <source>flat</source>
        <translation>平</translation>
    </message>
    <message>
        <source>forgets old gradients, so that its steps do not fade</source>
        <translation>会遗忘旧的梯度，步长因此不会逐渐消失</translation>
    </message>
    <message>
        <source>four quadrants, opposite ones alike: no straight line can part them</source>
        <translation>四个象限，对角同类：任何一条直线都无法分开</translation>
    </message>
    <message>
        <source>frames per second (30)</source>
        <translation>每秒帧数（默认 30）</translation>
    </message>
    <message>
        <source>from {starts}</source>
        <translation>起点 {starts}</translation>
    </message>
    <message>
        <source>further divisor at the end</source>
        <translation>结束时再除以</translation>
    </message>
    <message>
        <source>gentler slope (Wolfe)</source>
        <translation>曲率条件（Wolfe）</translation>
    </message>
    <message>
        <source>guard against division by 0</source>
        <translation>防止除零的小常数</translation>
    </message>
    <message>
        <source>how much longer each next wave is</source>
        <translation>下一段波长的倍数</translation>
    </message>
    <message>
        <source>inch</source>
        <translation>英寸</translation>
    </message>
    <message>
        <source>initial divisor</source>
        <translation>起始除数</translation>
    </message>
    <message>
        <source>inner radius</source>
        <translation>内圆半径</translation>
    </message>
    <message>
        <source>knows the curvature: a parabola is solved in one step</source>
        <translation>知道曲率：二次函数一步即可到达最低点</translation>
    </message>
    <message>
        <source>language of messages and of the window</source>
        <translation>提示信息和窗口的语言</translation>
    </message>
    <message>
        <source>large steps where gradients are as expected, small ones where they surprise</source>
        <translation>梯度合乎预期时迈大步，出乎意料时迈小步</translation>
    </message>
    <message>
        <source>largest rate</source>
        <translation>最大学习率</translation>
    </message>
    <message>
        <source>largest step</source>
        <translation>最大步长</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>learns the curvature on the way and soon takes the right step at once</source>
        <translation>边走边学习曲率，很快就能一步到位</translation>
    </message>
    <message>
        <source>length of the first wave, in updates</source>
        <translation>第一段波的更新次数</translation>
    </message>
    <message>
        <source>linear heights</source>
        <translation>高度不取对数</translation>
    </message>
    <message>
        <source>list what there is</source>
        <translation>列出可用的内容</translation>
    </message>
    <message>
        <source>logarithmic heights</source>
        <translation>高度取对数</translation>
    </message>
    <message>
        <source>logarithmic scale</source>
        <translation>对数刻度</translation>
    </message>
    <message>
        <source>longer steps while the slope keeps its sign, shorter when it turns</source>
        <translation>坡度不变号时步长变大，变号时变小</translation>
    </message>
    <message>
        <source>looks ahead by how the gradient has just changed</source>
        <translation>根据梯度刚才的变化向前看</translation>
    </message>
    <message>
        <source>lowest loss</source>
        <translation>最低损失</translation>
    </message>
    <message>
        <source>m and v begin at zero. Left as they are, v is far too small at first: the first step is √10 times as long, and the ball shoots past the minimum.</source>
        <translation>m 和 v 从零开始。如果不修正，v 起初太小：第一步就有 √10 倍长，小球冲过最小值。</translation>
    </message>
    <message>
        <source>max {rate}</source>
        <translation>最大 {rate}</translation>
    </message>
    <message>
        <source>memory for this step</source>
        <translation>本步所用的衰减率</translation>
    </message>
    <message>
        <source>memory kept</source>
        <translation>动量的衰减率</translation>
    </message>
    <message>
        <source>memory of differences of gradients</source>
        <translation>梯度差的衰减率</translation>
    </message>
    <message>
        <source>memory of gradients</source>
        <translation>一阶矩的衰减率</translation>
    </message>
    <message>
        <source>memory of squared gradients</source>
        <translation>二阶矩的衰减率</translation>
    </message>
    <message>
        <source>memory of squared gradients and steps</source>
        <translation>梯度平方与步长平方的衰减率</translation>
    </message>
    <message>
        <source>memory of the first velocity</source>
        <translation>第一个速度的衰减率</translation>
    </message>
    <message>
        <source>memory of the second velocity</source>
        <translation>第二个速度的衰减率</translation>
    </message>
    <message>
        <source>memory of the third velocity</source>
        <translation>第三个速度的衰减率</translation>
    </message>
    <message>
        <source>mixes the newest gradient into both averages of Adam</source>
        <translation>在 Adam 的两个平均值里掺入最新的梯度</translation>
    </message>
    <message>
        <source>mixes the plain gradient into the velocity, which damps the overshooting</source>
        <translation>在速度里掺入当前梯度，减轻冲过头的现象</translation>
    </message>
    <message>
        <source>momentum and a rate for each parameter in one</source>
        <translation>把动量与逐参数的学习率合为一体</translation>
    </message>
    <message>
        <source>momentum that feels the slope a step ahead</source>
        <translation>提前一步感受坡度的动量法</translation>
    </message>
    <message>
        <source>move a start</source>
        <translation>移动起点</translation>
    </message>
    <message>
        <source>name of {name}</source>
        <translation>{name} 的名称</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>noise, as name:parameter=value,… (none)</source>
        <translation>噪声，写作 名称:参数=值,…（none）</translation>
    </message>
    <message>
        <source>noise: {noise}, seed {seed}</source>
        <translation>噪声：{noise}，随机种子 {seed}</translation>
    </message>
    <message>
        <source>number of steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>number of updates</source>
        <translation>更新次数</translation>
    </message>
    <message>
        <source>on a plateau</source>
        <translation>停在平坦区</translation>
    </message>
    <message>
        <source>one rate for all parameters, from the length of the gradient</source>
        <translation>由梯度的长度得出所有参数共用的学习率</translation>
    </message>
    <message>
        <source>open the window with a scenario; “open” may be left out</source>
        <translation>打开窗口并载入实验；“open”可以省略</translation>
    </message>
    <message>
        <source>or how long the whole film takes</source>
        <translation>或整段动画的时长</translation>
    </message>
    <message>
        <source>order of the optimizers</source>
        <translation>优化器的顺序</translation>
    </message>
    <message>
        <source>oscillating</source>
        <translation>振荡</translation>
    </message>
    <message>
        <source>parameter {name}</source>
        <translation>参数 {name}</translation>
    </message>
    <message>
        <source>parts that are left out by default: {names}</source>
        <translation>默认不画的部分：{names}</translation>
    </message>
    <message>
        <source>parts to leave out: {names}</source>
        <translation>不画的部分：{names}</translation>
    </message>
    <message>
        <source>pixels</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>pixels to the inch</source>
        <translation>每英寸像素数</translation>
    </message>
    <message>
        <source>points</source>
        <translation>点数</translation>
    </message>
    <message>
        <source>power</source>
        <translation>幂次</translation>
    </message>
    <message>
        <source>print a scenario as a line of text for chats and mails</source>
        <translation>把实验输出为一行文字，便于在聊天和邮件中分享</translation>
    </message>
    <message>
        <source>range shown</source>
        <translation>绘图范围</translation>
    </message>
    <message>
        <source>remembers all gradients: where they were large, steps get shorter and shorter</source>
        <translation>记住所有梯度：累计梯度大的参数步长会越来越小</translation>
    </message>
    <message>
        <source>remove a start</source>
        <translation>移除起点</translation>
    </message>
    <message>
        <source>remove {name}</source>
        <translation>移除 {name}</translation>
    </message>
    <message>
        <source>ridge</source>
        <translation>脊</translation>
    </message>
    <message>
        <source>rises in a line to the full rate and stays there</source>
        <translation>沿直线升到全部学习率，然后保持不变</translation>
    </message>
    <message>
        <source>running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>saddle</source>
        <translation>鞍</translation>
    </message>
    <message>
        <source>schedule of {name}</source>
        <translation>{name} 的学习率调度</translation>
    </message>
    <message>
        <source>seconds that the last frame stands (1)</source>
        <translation>最后一帧停留的秒数（默认 1）</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>seed {seed}</source>
        <translation>种子 {seed}</translation>
    </message>
    <message>
        <source>sentence</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>several things</source>
        <translation>多项设置</translation>
    </message>
    <message>
        <source>shape of {name}</source>
        <translation>{name} 的形状</translation>
    </message>
    <message>
        <source>share at the bottom</source>
        <translation>最低处的比例</translation>
    </message>
    <message>
        <source>share at the end</source>
        <translation>结束时的比例</translation>
    </message>
    <message>
        <source>share at the start of the warm-up</source>
        <translation>预热开始时的比例</translation>
    </message>
    <message>
        <source>share for testing</source>
        <translation>测试集比例</translation>
    </message>
    <message>
        <source>share of the average gradient</source>
        <translation>平均梯度所占比例</translation>
    </message>
    <message>
        <source>share of the average squared gradient</source>
        <translation>平均梯度平方所占比例</translation>
    </message>
    <message>
        <source>share of the updates before the peak</source>
        <translation>上升阶段所占比例</translation>
    </message>
    <message>
        <source>share of the way kept</source>
        <translation>保留的路程比例</translation>
    </message>
    <message>
        <source>share of velocity kept</source>
        <translation>速度的保留比例</translation>
    </message>
    <message>
        <source>shortening at each try</source>
        <translation>每次尝试的缩短系数</translation>
    </message>
    <message>
        <source>show or hide {name}</source>
        <translation>显示或隐藏 {name}</translation>
    </message>
    <message>
        <source>show the version and exit</source>
        <translation>显示版本并退出</translation>
    </message>
    <message>
        <source>show this help and exit</source>
        <translation>显示此帮助并退出</translation>
    </message>
    <message>
        <source>show {name} faint</source>
        <translation>淡显 {name}</translation>
    </message>
    <message>
        <source>signSGD, Lion and Rprop look only at the sign of the slope, so they are as fast on the flat floor as at the steep rim. signSGD never rests, Lion overshoots, Rprop halves its step when the sign changes.</source>
        <translation>signSGD、Lion 和 Rprop 只看坡度的符号，所以在平底上和在陡边上一样快。signSGD 停不下来，Lion 冲过头，Rprop 在变号时把步长减半。</translation>
    </message>
    <message>
        <source>size in pixels, mm or inches: 1280x800, 88x66mm, 5x3in</source>
        <translation>尺寸，单位为像素、毫米或英寸：1280x800、88x66mm、5x3in</translation>
    </message>
    <message>
        <source>size of the first steps, squared</source>
        <translation>最初步长的平方</translation>
    </message>
    <message>
        <source>size of the neighbourhood</source>
        <translation>邻域大小</translation>
    </message>
    <message>
        <source>size of the text in points; lines and balls go with it</source>
        <translation>文字大小（磅）；线条和小球随之变化</translation>
    </message>
    <message>
        <source>smallest step</source>
        <translation>最小步长</translation>
    </message>
    <message>
        <source>speed of the fall</source>
        <translation>下降的快慢</translation>
    </message>
    <message>
        <source>speed of the warm-up</source>
        <translation>预热的快慢</translation>
    </message>
    <message>
        <source>spirals</source>
        <translation>螺旋条数</translation>
    </message>
    <message>
        <source>spirals wound around each other; only a network with hidden layers can tell them apart</source>
        <translation>互相缠绕的螺旋；只有带隐藏层的网络才能将其区分</translation>
    </message>
    <message>
        <source>standard deviation</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>steps before going back</source>
        <translation>隔多少步回退一次</translation>
    </message>
    <message>
        <source>steps in proportion to the weights</source>
        <translation>步长与权重大小成正比</translation>
    </message>
    <message>
        <source>steps of one length along the sign of the average gradient</source>
        <translation>沿平均梯度的符号迈出等长的步子</translation>
    </message>
    <message>
        <source>steps of one length, whatever the slope</source>
        <translation>不论坡度大小，步长都相同</translation>
    </message>
    <message>
        <source>steps per second (6)</source>
        <translation>每秒步数（默认 6）</translation>
    </message>
    <message>
        <source>steps remembered</source>
        <translation>记住的步数</translation>
    </message>
    <message>
        <source>stuck at a maximum</source>
        <translation>停在极大值点</translation>
    </message>
    <message>
        <source>stuck at a saddle</source>
        <translation>停在鞍点</translation>
    </message>
    <message>
        <source>sufficient decrease (Armijo)</source>
        <translation>充分下降条件（Armijo）</translation>
    </message>
    <message>
        <source>surface</source>
        <translation>损失曲面</translation>
    </message>
    <message>
        <source>takes its rate from how much higher than the lowest loss it still is</source>
        <translation>由当前损失比最低损失高出多少来决定学习率</translation>
    </message>
    <message>
        <source>takes its rate from the curvature it has just felt; the loss may rise on the way</source>
        <translation>由刚刚感受到的曲率决定学习率，途中损失可能上升</translation>
    </message>
    <message>
        <source>takes the gradient a little uphill, and so avoids sharp minima</source>
        <translation>在稍高一点的地方取梯度，从而避开尖锐的极小点</translation>
    </message>
    <message>
        <source>takes the length of a step from the steps before; it starts slowly</source>
        <translation>由之前的步子决定这一步的长度，起步较慢</translation>
    </message>
    <message>
        <source>the exact gradient</source>
        <translation>精确的梯度</translation>
    </message>
    <message>
        <source>the experiment in words below</source>
        <translation>下方用文字说明实验</translation>
    </message>
    <message>
        <source>the film does not begin again ({formats})</source>
        <translation>动画不循环播放（{formats}）</translation>
    </message>
    <message>
        <source>the gradient over a few examples, shuffled for every epoch; the map shows the loss over all</source>
        <translation>只用少量样本求梯度，每轮重新打乱；图上显示的是全部样本的损失</translation>
    </message>
    <message>
        <source>the gradient plus normal noise, the same spread everywhere</source>
        <translation>梯度加上正态噪声，各处离散程度相同</translation>
    </message>
    <message>
        <source>the instant of a figure, in updates (the last)</source>
        <translation>图片所示的时刻，以更新次数计（默认最后一步）</translation>
    </message>
    <message>
        <source>the part of the plane to show</source>
        <translation>要显示的区域</translation>
    </message>
    <message>
        <source>the same fraction of the gradient at every step</source>
        <translation>每一步都取梯度的固定比例</translation>
    </message>
    <message>
        <source>the same rate throughout</source>
        <translation>学习率始终不变</translation>
    </message>
    <message>
        <source>the same scale for x and y</source>
        <translation>x 轴与 y 轴等比例</translation>
    </message>
    <message>
        <source>the step at which a film begins (0)</source>
        <translation>动画开始的步（默认 0）</translation>
    </message>
    <message>
        <source>the step at which it ends (the last)</source>
        <translation>动画结束的步（默认最后一步）</translation>
    </message>
    <message>
        <source>the step is not a Step</source>
        <translation>返回的不是 Step</translation>
    </message>
    <message>
        <source>title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>to</source>
        <translation>至</translation>
    </message>
    <message>
        <source>trajectories as {trajectories} (- is standard output), results at the end as {tables}, a Python script as .py, the scenario as .optisim.json</source>
        <translation>轨迹为 {trajectories}（- 表示标准输出），最终结果为 {tables}，Python 脚本为 .py，实验为 .optisim.json</translation>
    </message>
    <message>
        <source>transparent background</source>
        <translation>背景透明</translation>
    </message>
    <message>
        <source>tries shorter and shorter steps until the loss falls enough</source>
        <translation>不断缩短步长，直到损失下降得足够多</translation>
    </message>
    <message>
        <source>trough</source>
        <translation>槽</translation>
    </message>
    <message>
        <source>turns</source>
        <translation>圈数</translation>
    </message>
    <message>
        <source>turns so as not to undo what the last direction has achieved</source>
        <translation>改变方向时不破坏上一方向已取得的成果</translation>
    </message>
    <message>
        <source>two half circles that reach into each other</source>
        <translation>互相嵌入的两个半圆</translation>
    </message>
    <message>
        <source>updates between drops</source>
        <translation>两次下降之间的更新次数</translation>
    </message>
    <message>
        <source>updates from bottom to top</source>
        <translation>从最低到最高的更新次数</translation>
    </message>
    <message>
        <source>v moves towards the squared gradient, by a small share of it: it cannot shrink suddenly.</source>
        <translation>v 朝梯度平方移动其中一小部分，因此不会突然缩小。</translation>
    </message>
    <message>
        <source>values</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>warm-up, in updates</source>
        <translation>预热的更新次数</translation>
    </message>
    <message>
        <source>weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>what the noise is drawn from (0)</source>
        <translation>产生噪声的随机种子（0）</translation>
    </message>
    <message>
        <source>what to list</source>
        <translation>要列出的内容</translation>
    </message>
    <message>
        <source>where the optimizers are named: {names} ({default})</source>
        <translation>图例的位置：{names}（默认 {default}）</translation>
    </message>
    <message>
        <source>with {what}</source>
        <translation>含{what}</translation>
    </message>
    <message>
        <source>without {what}</source>
        <translation>无{what}</translation>
    </message>
    <message>
        <source>x from</source>
        <translation>x 的下限</translation>
    </message>
    <message>
        <source>x to</source>
        <translation>x 的上限</translation>
    </message>
    <message>
        <source>y from</source>
        <translation>y 的下限</translation>
    </message>
    <message>
        <source>y to</source>
        <translation>y 的上限</translation>
    </message>
    <message>
        <source>{count} balls per start</source>
        <translation>每个起点 {count} 个小球</translation>
    </message>
    <message>
        <source>{count} examples are asked for; there are {most}.</source>
        <translation>需要 {count} 个样本，但只有 {most} 个。</translation>
    </message>
    <message>
        <source>{count} jobs are not done yet. Stop them and close?</source>
        <translation>还有 {count} 项任务未完成。要停止它们并关闭吗？</translation>
    </message>
    <message>
        <source>{count} of {all} values on the grid are not finite numbers; take a smaller part of the plane.</source>
        <translation>网格上 {all} 个值中有 {count} 个不是有限的数；请取平面上较小的一部分。</translation>
    </message>
    <message>
        <source>{count} of {total}: {what}</source>
        <translation>{total} 个中 {count} 个{what}</translation>
    </message>
    <message>
        <source>{count} starts</source>
        <translation>{count} 个起点</translation>
    </message>
    <message>
        <source>{file} – OptiSim</source>
        <translation>{file} – OptiSim</translation>
    </message>
    <message>
        <source>{frames} frames</source>
        <translation>{frames} 帧</translation>
    </message>
    <message>
        <source>{name} failed at step {step} in line {line} of {file}: {what}.</source>
        <translation>{name} 在第 {step} 步出错，位于 {file} 第 {line} 行：{what}。</translation>
    </message>
    <message>
        <source>{name} failed at step {step}: {what}.</source>
        <translation>{name} 在第 {step} 步出错：{what}。</translation>
    </message>
    <message>
        <source>{name} in “{file}” cannot be made: {error}.</source>
        <translation>无法创建“{file}”中的 {name}：{error}。</translation>
    </message>
    <message>
        <source>{name} in “{file}” must be a frozen dataclass: put @dataclass(frozen=True) above it.</source>
        <translation>“{file}”中的 {name} 须是冻结的数据类：请在它上面写 @dataclass(frozen=True)。</translation>
    </message>
    <message>
        <source>{name} in “{file}” needs a spelling of small letters, digits and hyphens, not “{slug}”.</source>
        <translation>“{file}”中 {name} 的 spelling 须由小写字母、数字和连字符组成，不能是“{slug}”。</translation>
    </message>
    <message>
        <source>{name} in “{file}” needs a text called “{attribute}”.</source>
        <translation>“{file}”中的 {name} 缺少名为“{attribute}”的文字。</translation>
    </message>
    <message>
        <source>{name} in “{file}” would replace the method “{slug}”; give it another class name or spelling.</source>
        <translation>“{file}”中的 {name} 会替换已有的方法“{slug}”，请换一个类名或 spelling。</translation>
    </message>
    <message>
        <source>{name} must be a finite number of at least {least:g}, not {value}.</source>
        <translation>{name} 应为不小于 {least:g} 的有限数，而不是 {value}。</translation>
    </message>
    <message>
        <source>{name} must be a number, not “{value}”.</source>
        <translation>{name} 应为数，而不是“{value}”。</translation>
    </message>
    <message>
        <source>{name} must be a whole number from {least:g} to {most:g}, not {value}.</source>
        <translation>{name} 须是 {least:g} 到 {most:g} 的整数，不能是 {value}。</translation>
    </message>
    <message>
        <source>{name} must be at least {least:g} and below {most:g}, not {value}.</source>
        <translation>{name} 应不小于 {least:g} 且小于 {most:g}，而不是 {value}。</translation>
    </message>
    <message>
        <source>{name} must be between {least:g} and {most:g}, not {value}.</source>
        <translation>{name} 应在 {least:g} 到 {most:g} 之间，而不是 {value}。</translation>
    </message>
    <message>
        <source>{name} must be true or false, not “{value}”.</source>
        <translation>{name} 应为 true 或 false，而不是“{value}”。</translation>
    </message>
    <message>
        <source>{name}: {what}</source>
        <translation>{name}：{what}</translation>
    </message>
    <message>
        <source>{optimizer} has no learning rate that a schedule could change; leave out “@{schedule}”.</source>
        <translation>{optimizer} 没有可以调度的学习率，请去掉“@{schedule}”。</translation>
    </message>
    <message>
        <source>{optimizer} has no “{name}”.</source>
        <translation>{optimizer} 没有“{name}”。</translation>
    </message>
    <message>
        <source>{optimizer} has no “{name}”; it has {names}.</source>
        <translation>{optimizer} 没有超参数“{name}”；它的超参数有 {names}。</translation>
    </message>
    <message>
        <source>{optimizer} needs second derivatives, which a network does not give; choose another method.</source>
        <translation>{optimizer} 需要二阶导数，而网络不提供；请选择其他方法。</translation>
    </message>
    <message>
        <source>{optimizer} remembers a matrix of {size} × {size} numbers; take a smaller network or L-BFGS.</source>
        <translation>{optimizer} 要保存 {size} × {size} 的矩阵；请换用较小的网络或 L-BFGS。</translation>
    </message>
    <message>
        <source>{options} is for films; give a file such as film.mp4.</source>
        <translation>{options} 用于动画；请给出 film.mp4 这样的文件名。</translation>
    </message>
    <message>
        <source>{option} must lie between 0 and the number of steps, {most}.</source>
        <translation>{option} 必须在 0 和总步数 {most} 之间。</translation>
    </message>
    <message>
        <source>{option} takes a number, not “{value}”.</source>
        <translation>{option} 应为数，而不是“{value}”。</translation>
    </message>
    <message>
        <source>{option} takes a whole number, not “{value}”.</source>
        <translation>{option} 应为整数，而不是“{value}”。</translation>
    </message>
    <message>
        <source>{option} takes one of {allowed}, not “{value}”.</source>
        <translation>{option} 应为 {allowed} 之一，而不是“{value}”。</translation>
    </message>
    <message>
        <source>{option} takes {count} numbers with commas between them, such as {option}={example}.</source>
        <translation>{option} 应为 {count} 个用逗号隔开的数，例如 {option}={example}。</translation>
    </message>
    <message>
        <source>{paper} on paper</source>
        <translation>打印尺寸 {paper}</translation>
    </message>
    <message>
        <source>{run} (faint)</source>
        <translation>{run}（淡显）</translation>
    </message>
    <message>
        <source>{sentence}. </source>
        <translation>{sentence}。</translation>
    </message>
    <message>
        <source>{size} in the file; {paper} on paper</source>
        <translation>图片 {size}；打印尺寸 {paper}</translation>
    </message>
    <message>
        <source>{size}, {seconds:.1f} seconds</source>
        <translation>{size}，{seconds:.1f} 秒</translation>
    </message>
    <message>
        <source>{starts} starts with {seeds} seeds each are more than {most} balls; take fewer.</source>
        <translation>{starts} 个起点各配 {seeds} 个种子，小球超过 {most} 个，请减少一些。</translation>
    </message>
    <message>
        <source>{steps} updates</source>
        <translation>{steps} 次更新</translation>
    </message>
    <message>
        <source>{symbol} = {rate} is above {formula} = {limit}: the ball swings ever higher.</source>
        <translation>{symbol} = {rate} 大于 {formula} = {limit}：小球会越荡越高。</translation>
    </message>
    <message>
        <source>{symbol} = {rate} is below {formula} = {limit}: stable on a bowl like this.</source>
        <translation>{symbol} = {rate} 小于 {formula} = {limit}：在这样的碗里是稳定的。</translation>
    </message>
    <message>
        <source>{value} is not one of {allowed}.</source>
        <translation>{value} 不在可选项 {allowed} 之中。</translation>
    </message>
    <message>
        <source>{what} and {other} exclude each other.</source>
        <translation>{what} 与 {other} 不能同时使用。</translation>
    </message>
    <message>
        <source>{what} needs a value after it; --help shows which.</source>
        <translation>{what} 后面应有一个值；用 --help 查看说明。</translation>
    </message>
    <message>
        <source>{what} of {name}</source>
        <translation>{name} 的{what}</translation>
    </message>
    <message>
        <source>{what} up to step {step}, then </source>
        <translation>第 {step} 步之前 {what}，之后 </translation>
    </message>
    <message>
        <source>{width:.1f} × {height:.1f} cm</source>
        <translation>{width:.1f} × {height:.1f} cm</translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} 像素</translation>
    </message>
    <message>
        <source>{width} × {height} pixels are too many; a side can have {most} at the most.</source>
        <translation>{width} × {height} 像素太大；每边最多 {most} 像素。</translation>
    </message>
    <message>
        <source>{width} × {height} pixels do not make a film; a side has {low} to {high}.</source>
        <translation>{width} × {height} 像素不能制成影片；每边须为 {low} 至 {high} 像素。</translation>
    </message>
    <message>
        <source>“{character}” has no meaning here; use numbers, x, y, + − * / ^ and brackets.</source>
        <translation>“{character}”在这里没有意义；请使用数、x、y、+ − * / ^ 和括号。</translation>
    </message>
    <message>
        <source>“{field}” has the shape {shape}, not {wanted}</source>
        <translation>“{field}”的形状是 {shape}，应为 {wanted}</translation>
    </message>
    <message>
        <source>“{field}” is not an array</source>
        <translation>“{field}”不是数组</translation>
    </message>
    <message>
        <source>“{file}” cannot be read: {reason}.</source>
        <translation>无法读取“{file}”：{reason}。</translation>
    </message>
    <message>
        <source>“{file}” defines no optimizer; it needs a frozen dataclass that inherits from optisim.Optimizer.</source>
        <translation>“{file}”中没有优化器，须有一个继承自 optisim.Optimizer 的冻结数据类。</translation>
    </message>
    <message>
        <source>“{file}” defines two optimizers called “{slug}”.</source>
        <translation>“{file}”定义了两个名为“{slug}”的优化器。</translation>
    </message>
    <message>
        <source>“{file}” goes on after what it says it holds; it is damaged.</source>
        <translation>“{file}”的内容超出其声明的长度；文件已损坏。</translation>
    </message>
    <message>
        <source>“{file}” has changes that are not saved. Save them?</source>
        <translation>“{file}”有未保存的更改。要保存吗？</translation>
    </message>
    <message>
        <source>“{file}” has no column “{name}”; it has {names}.</source>
        <translation>“{file}”没有列“{name}”；它有 {names}。</translation>
    </message>
    <message>
        <source>“{file}” has no rows below its first line.</source>
        <translation>“{file}”的首行之下没有数据行。</translation>
    </message>
    <message>
        <source>“{file}” holds another search, or other data; give another name to begin a new one.</source>
        <translation>“{file}”中是另一次搜索或其他数据；要开始新的搜索，请换一个名称。</translation>
    </message>
    <message>
        <source>“{file}” is a program that can do whatever you can. Load it only if you trust it.</source>
        <translation>“{file}”是一段程序，能做你能做的任何事。请只在信任它时加载。</translation>
    </message>
    <message>
        <source>“{file}” is cut short or damaged; fetch it again.</source>
        <translation>“{file}”不完整或已损坏；请重新下载。</translation>
    </message>
    <message>
        <source>“{file}” is damaged, or not a gzip file as its name says.</source>
        <translation>“{file}”已损坏，或并非其名称所示的 gzip 文件。</translation>
    </message>
    <message>
        <source>“{file}” is larger than {most} MB; take a part of it.</source>
        <translation>“{file}”大于 {most} MB；请只取其中一部分。</translation>
    </message>
    <message>
        <source>“{file}” is no IDX file of images: it begins with {found} instead of {wanted}.</source>
        <translation>“{file}”不是图像的 IDX 文件：它以 {found} 开头，而不是 {wanted}。</translation>
    </message>
    <message>
        <source>“{file}” is no IDX file of labels: it begins with {found} instead of {wanted}.</source>
        <translation>“{file}”不是标签的 IDX 文件：它以 {found} 开头，而不是 {wanted}。</translation>
    </message>
    <message>
        <source>“{file}” is not a Python program: {error}.</source>
        <translation>“{file}”不是 Python 程序：{error}。</translation>
    </message>
    <message>
        <source>“{file}” is not a text in UTF-8; save the table as CSV in UTF-8.</source>
        <translation>“{file}”不是 UTF-8 文本；请将表格存为 UTF-8 编码的 CSV。</translation>
    </message>
    <message>
        <source>“{file}” is too large to be an optimizer.</source>
        <translation>“{file}”太大，不像是优化器。</translation>
    </message>
    <message>
        <source>“{file}” says that it holds {count} bytes; from 1 to {most} can be read.</source>
        <translation>“{file}”声称含有 {count} 字节；只能读取 1 至 {most} 字节。</translation>
    </message>
    <message>
        <source>“{file}”, line {line}, cannot be read as a table: {reason}.</source>
        <translation>“{file}”第 {line} 行无法作为表格读取：{reason}。</translation>
    </message>
    <message>
        <source>“{file}”, line {line}, column “{column}”: the class is missing.</source>
        <translation>“{file}”第 {line} 行“{column}”列：缺少类别。</translation>
    </message>
    <message>
        <source>“{file}”, line {line}, column “{column}”: “{value}” is not a finite number.</source>
        <translation>“{file}”第 {line} 行“{column}”列：“{value}”不是有限的数。</translation>
    </message>
    <message>
        <source>“{file}”, line {line}: there are {count} columns here; the first line names {wanted}.</source>
        <translation>“{file}”第 {line} 行有 {count} 列；而首行列出了 {wanted} 列。</translation>
    </message>
    <message>
        <source>“{file}”, line {line}: {error}.</source>
        <translation>“{file}”第 {line} 行：{error}。</translation>
    </message>
    <message>
        <source>“{folder}” has no IDX files; it needs, say, {example}.</source>
        <translation>“{folder}”中没有 IDX 文件；例如需要 {example}。</translation>
    </message>
    <message>
        <source>“{folder}” has {count} sets of images; leave one to train with and one to test with.</source>
        <translation>“{folder}”中有 {count} 组图像；请只保留一组用于训练、一组用于测试。</translation>
    </message>
    <message>
        <source>“{found}” cannot stand here; a number, x, y or “(” should.</source>
        <translation>这里不能是“{found}”，而应是数、x、y 或“(”。</translation>
    </message>
    <message>
        <source>“{images}” has {count} images, but “{labels}” {labelled} labels; they do not belong together.</source>
        <translation>“{images}”有 {count} 幅图像，而“{labels}”有 {labelled} 个标签；两者不相配。</translation>
    </message>
    <message>
        <source>“{name}” cannot be a parameter; use a letter such as a or k.</source>
        <translation>“{name}”不能作参数，请用 a、k 之类的字母。</translation>
    </message>
    <message>
        <source>“{name}” carries no document; open an image or a film that OptiSim has exported.</source>
        <translation>“{name}”中没有 OptiSim 文档；请打开由 OptiSim 导出的图片或动画。</translation>
    </message>
    <message>
        <source>“{name}” exists already. Replace it?</source>
        <translation>“{name}”已存在，是否替换？</translation>
    </message>
    <message>
        <source>“{name}” has no known ending; choose one of {endings}.</source>
        <translation>无法识别“{name}”的扩展名；可用：{endings}。</translation>
    </message>
    <message>
        <source>“{name}” is a variable of the surface, so it cannot be a parameter.</source>
        <translation>“{name}”是曲面的变量，不能作参数。</translation>
    </message>
    <message>
        <source>“{name}” is given twice.</source>
        <translation>“{name}”写了两次。</translation>
    </message>
    <message>
        <source>“{name}” is not a name; write {product} for the product.</source>
        <translation>“{name}”不是变量名；乘积请写作 {product}。</translation>
    </message>
    <message>
        <source>“{name}” is not an optimizer.</source>
        <translation>“{name}”不是优化器。</translation>
    </message>
    <message>
        <source>“{name}” is unknown; there are x, y, pi, e, parameters like a, and the functions {functions}.</source>
        <translation>不认识“{name}”；可用 x、y、pi、e、a 之类的参数，以及函数 {functions}。</translation>
    </message>
    <message>
        <source>“{name}” needs brackets: {name}(x).</source>
        <translation>“{name}”后面需要括号：{name}(x)。</translation>
    </message>
    <message>
        <source>“{name}” takes {wanted} value(s) in its brackets, not {given}.</source>
        <translation>“{name}”的括号里应有 {wanted} 个值，而不是 {given} 个。</translation>
    </message>
    <message>
        <source>“{part}” is not of the form name=value; write, say, {example}.</source>
        <translation>“{part}”不是“名称=值”的形式；可以写作 {example}。</translation>
    </message>
    <message>
        <source>“{path}” cannot be read: {reason}.</source>
        <translation>无法读取“{path}”：{reason}。</translation>
    </message>
    <message>
        <source>“{path}” cannot be written; choose a folder that is not write-protected.</source>
        <translation>无法写入“{path}”；请选择没有写保护的文件夹。</translation>
    </message>
    <message>
        <source>“{path}” is a folder; give a file name.</source>
        <translation>“{path}”是文件夹；请给出文件名。</translation>
    </message>
    <message>
        <source>“{path}” was not written: {reason}.</source>
        <translation>未能写入“{path}”：{reason}。</translation>
    </message>
    <message>
        <source>“{source}” holds no race, and only a race can be drawn or simulated.</source>
        <translation>“{source}”中不是竞赛实验，只有竞赛实验才能绘制或模拟。</translation>
    </message>
    <message>
        <source>“{title}” is not done yet. Stop it and close?</source>
        <translation>“{title}”尚未完成。要停止它并关闭吗？</translation>
    </message>
    <message>
        <source>“{title}” is not done yet. Wait for it, or stop it in the status bar, before the next one.</source>
        <translation>“{title}”尚未完成。请等它完成，或在状态栏中停止它，再开始下一项。</translation>
    </message>
    <message>
        <source>“{title}” was stopped; nothing was changed</source>
        <translation>已停止“{title}”，未作任何改动</translation>
    </message>
    <message>
        <source>“{what}” is missing; --help shows what is needed.</source>
        <translation>缺少“{what}”；用 --help 查看说明。</translation>
    </message>
    <message>
        <source>“{what}” is not understood here; --help shows what is.</source>
        <translation>无法理解“{what}”；用 --help 查看可用的选项。</translation>
    </message>
    <message>
        <source>… and the slope along the line has to be gentler there.</source>
        <translation>……而且那里沿直线的坡度必须变缓。</translation>
    </message>
</context>
</TS>
